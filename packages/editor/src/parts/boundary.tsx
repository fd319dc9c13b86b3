import { Component, type ErrorInfo, type ReactNode } from "react";
import { partStrings } from "../strings/parts.js";
import { Button } from "./button.js";

interface BoundaryProps {
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly message: string | undefined;
}

/**
 * Keeps what goes wrong in one panel from taking the others with it: a fault, or a part that cannot
 * be fetched because the server is away or has been updated since.
 */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { message: undefined };

  static getDerivedStateFromError(reason: unknown): BoundaryState {
    return { message: reason instanceof Error ? reason.message : String(reason) };
  }

  override componentDidCatch(reason: unknown, info: ErrorInfo): void {
    reportError(new Error(`A panel failed${info.componentStack ?? ""}`, { cause: reason }));
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return (
      <div className="empty" role="alert">
        <p>{partStrings.panelFailed}</p>
        <p className="mono">{message}</p>
        <Button onClick={() => this.setState({ message: undefined })}>{partStrings.again}</Button>
        <Button onClick={() => window.location.reload()}>{partStrings.reload}</Button>
      </div>
    );
  }
}
