import type { Plugin } from 'vite'

/** What the built page may load and run: its own files, and pictures that it draws itself. */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'worker-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  // A chart becomes a PNG by way of an SVG picture that has no address but a blob's.
  'img-src': "'self' blob:",
  'base-uri': "'none'",
  'form-action': "'none'",
  // Texts become script addresses or markup by `src/ui/trusted-types.ts` alone.
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
} as const

export const CONTENT_SECURITY_POLICY = Object.entries(POLICY)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join('; ')

/**
 * Writes the policy into every built page, so that it holds wherever the files are served, and sends
 * it with every file of the preview, the worker's too. The development server has none: it puts
 * scripts and styles into its pages.
 */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { server }) =>
        server
          ? []
          : [
              {
                tag: 'meta',
                attrs: {
                  'http-equiv': 'Content-Security-Policy',
                  content: CONTENT_SECURITY_POLICY,
                },
                injectTo: 'head-prepend',
              },
            ],
    },
    configurePreviewServer({ middlewares }) {
      middlewares.use((_request, response, next) => {
        response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY)
        response.setHeader('x-content-type-options', 'nosniff')
        next()
      })
    },
  }
}
