import { parseSync, type TSAsExpression, Visitor } from "oxc-parser";
import { lineAt, type SourceFile, type Violation } from "./violation.js";

const isConstAssertion = ({ typeAnnotation }: TSAsExpression): boolean =>
  typeAnnotation.type === "TSTypeReference" &&
  typeAnnotation.typeName.type === "Identifier" &&
  typeAnnotation.typeName.name === "const";

/** A cast tells the type checker instead of asking it: only `as const` is let through. */
export const checkCasts = ({ path, text }: SourceFile): Violation[] => {
  const violations: Violation[] = [];
  const report = (offset: number) =>
    violations.push({
      path,
      line: lineAt(text, offset),
      message: "type cast; narrow the value, or use `satisfies`",
    });
  new Visitor({
    TSAsExpression: (node) => {
      if (!isConstAssertion(node)) report(node.start);
    },
    TSTypeAssertion: (node) => report(node.start),
  }).visit(parseSync(path, text).program);
  return violations;
};
