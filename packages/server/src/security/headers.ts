import helmet from "helmet";

/**
 * Headers of every answer. Pages run their own scripts alone; the editor sets styles while it runs
 * and shows pictures that it has made.
 */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "blob:", "data:"],
      fontSrc: ["'self'"],
      // The analysis reads previews, which the page holds as blobs.
      connectSrc: ["'self'", "blob:"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // The server itself speaks plain HTTP; who puts TLS before it sets this there.
  strictTransportSecurity: false,
  referrerPolicy: { policy: "no-referrer" },
});
