import type { ParameterFault, ParameterValue } from "@diopter/engine/editing";

/** `live` while a drag or typing goes on, `done` when it has ended: one entry in the history. */
export type ChangePhase = "live" | "done";

/** What every control of a parameter is given. */
export interface ControlProps<P> {
  /** Of the element that the label belongs to. */
  readonly id: string;
  readonly parameter: P;
  /** As it stands in the document, which may hold a value of another kind. */
  readonly value: ParameterValue;
  /** Several nodes are shown and do not agree. */
  readonly mixed?: boolean | undefined;
  readonly onChange: (value: ParameterValue, phase: ChangePhase) => void;
  /** Something was typed that cannot be taken; undefined once it is put right. */
  readonly onFault: (fault: FieldFault | undefined) => void;
  /** Ids of the help and of the fault. */
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean | undefined;
  readonly title: string;
}

/** What is wrong at a field, and a value that would do. */
export interface FieldFault extends ParameterFault {
  readonly instead?: ParameterValue | undefined;
  /** Where in what was typed the fault is: start and end. */
  readonly piece?: readonly [start: number, end: number] | undefined;
}
