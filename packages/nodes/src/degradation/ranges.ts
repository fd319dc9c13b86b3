/** Least and greatest value of a uniform draw. */
export type Range = readonly [number, number];

/** One pass of blur, resize, noise and JPEG compression. */
export interface StageRanges {
  readonly blurProbability: number;
  readonly sincProbability: number;
  readonly blurSigma: Range;
  readonly generalisedBeta: Range;
  readonly plateauBeta: Range;
  /** Up, down, keep. */
  readonly resizeProbabilities: readonly [number, number, number];
  readonly resize: Range;
  /** Otherwise Poisson. */
  readonly gaussianProbability: number;
  /** Of 255. */
  readonly noiseSigma: Range;
  readonly poissonScale: Range;
  readonly grayProbability: number;
  readonly quality: Range;
}

export interface DegradationRanges {
  readonly first: StageRanges;
  readonly second: StageRanges;
  readonly finalSincProbability: number;
}

/** The ranges of X. Wang et al., "Real-ESRGAN", ICCVW 2021. */
export const fullRanges: DegradationRanges = {
  first: {
    blurProbability: 1,
    sincProbability: 0.1,
    blurSigma: [0.2, 3],
    generalisedBeta: [0.5, 4],
    plateauBeta: [1, 2],
    resizeProbabilities: [0.2, 0.7, 0.1],
    resize: [0.15, 1.5],
    gaussianProbability: 0.5,
    noiseSigma: [1, 30],
    poissonScale: [0.05, 3],
    grayProbability: 0.4,
    quality: [30, 95],
  },
  second: {
    blurProbability: 0.8,
    sincProbability: 0.1,
    blurSigma: [0.2, 1.5],
    generalisedBeta: [0.5, 4],
    plateauBeta: [1, 2],
    resizeProbabilities: [0.3, 0.4, 0.3],
    resize: [0.3, 1.2],
    gaussianProbability: 0.5,
    noiseSigma: [1, 25],
    poissonScale: [0.05, 2.5],
    grayProbability: 0.4,
    quality: [30, 95],
  },
  finalSincProbability: 0.8,
};

/** The lighter ranges of J. Wang et al., "StableSR", IJCV 2024: what the models are trained on. */
export const lightRanges: DegradationRanges = {
  first: {
    ...fullRanges.first,
    blurSigma: [0.2, 1.5],
    generalisedBeta: [0.5, 2],
    plateauBeta: [1, 1.5],
    resize: [0.3, 1.5],
    noiseSigma: [1, 15],
    poissonScale: [0.05, 2],
    quality: [60, 95],
  },
  second: {
    ...fullRanges.second,
    blurProbability: 0.5,
    blurSigma: [0.2, 1],
    generalisedBeta: [0.5, 2],
    plateauBeta: [1, 1.5],
    resize: [0.6, 1.2],
    noiseSigma: [1, 12],
    poissonScale: [0.05, 1],
    quality: [60, 100],
  },
  finalSincProbability: 0.8,
};
