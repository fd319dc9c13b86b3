import type { Parameter } from "@diopter/engine/editing";
import { Dices } from "lucide-react";
import { IconButton } from "../parts/button.js";
import { controlStrings } from "../strings/controls.js";
import type { ControlProps } from "./control-props.js";
import { NumberField } from "./number/number-field.js";

type SeedParameter = Extract<Parameter, { kind: "seed" }>;

/** A seed, and a button that draws another one. */
export function SeedControl(props: ControlProps<SeedParameter>) {
  const whole = {
    kind: "integer",
    default: props.parameter.default,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  } as const;
  return (
    <span className="with-button">
      <NumberField {...props} parameter={whole} />
      <IconButton label={controlStrings.reroll} onClick={() => props.onChange(drawSeed(), "done")}>
        <Dices size={15} />
      </IconButton>
    </span>
  );
}

/** 32 random bits: enough to never meet twice, few enough to read and to write down. */
function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
