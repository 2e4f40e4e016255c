/** What we use of a library that has no types of its own. */
declare module '@digitalbazaar/vc' {
  /** Wraps credentials, and throws when one is not what the Data Model asks for. */
  export function createPresentation(options: { verifiableCredential: unknown; now: Date }): unknown
}
