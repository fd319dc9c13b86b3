import type { SocketType, SocketValues } from "../sockets/socket-types.js";

/** What may be said of a port besides its type. */
export interface PortOptions {
  /** One line for people: what goes in or comes out. */
  readonly help?: string;
  /** Inputs only: the node runs without it. */
  readonly optional?: boolean;
  /** Inputs: collects every item of an iteration. Outputs: begins an iteration over its items. */
  readonly list?: boolean;
  /** Inputs only: computed only if the node's `needs` asks for it. */
  readonly lazy?: boolean;
}

/** A typed input or output. */
export interface Port<S extends SocketType = SocketType> extends PortOptions {
  readonly socket: S;
}

type None = Readonly<Record<never, never>>;

function port<S extends SocketType>(socket: S) {
  return <const Options extends PortOptions = None>(options?: Options) =>
    Object.assign({ socket }, options);
}

export const image = port("IMAGE");
export const map = port("MAP");
export const latent = port("LATENT");
export const vae = port("VAE");
export const denoiser = port("DENOISER");
export const schedule = port("SCHEDULE");
export const sampler = port("SAMPLER");
export const gain = port("GAIN");
export const policy = port("POLICY");
export const injection = port("INJECTION");
export const tiles = port("TILES");
export const metrics = port("METRICS");
export const textPort = port("TEXT");
export const numberPort = port("NUMBER");
export const integerPort = port("INTEGER");
export const booleanPort = port("BOOLEAN");

/** Ports by name. */
export type Ports = Readonly<Record<string, Port>>;

type One<P extends Port> = SocketValues[P["socket"]];
/** Where ports are erased (`Port extends P`), a value may be either. */
type Many<P extends Port> = Port extends P
  ? One<P> | readonly One<P>[]
  : P extends { readonly list: true }
    ? readonly One<P>[]
    : One<P>;
type Maybe = { readonly optional: true } | { readonly lazy: true };

/**
 * The values that a `run` receives: a list where the port collects, maybe undefined where optional.
 * Where the ports' types are erased, every input may be an optional one.
 */
export type InputValues<I extends Ports> = {
  readonly [K in keyof I]: string extends keyof I
    ? Many<I[K]> | undefined
    : I[K] extends Maybe
      ? Many<I[K]> | undefined
      : Many<I[K]>;
};

/** The values that a `run` returns: a list where the port begins an iteration. */
export type OutputValues<O extends Ports> = { readonly [K in keyof O]: Many<O[K]> };
