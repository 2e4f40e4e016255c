import type { DIDDocument } from 'did-resolver'
import * as Bytes from '../../protocol/Bytes.ts'
import type { ParsedDid } from '../../protocol/Did.ts'
import { BadDocumentError, UnreachableError } from '../../protocol/DidErrors.ts'
import * as DidDocument from '../../protocol/DidDocument.ts'

/** How far a `did:web` may lead. */
export type WebLimits = {
  /** Default 64 KiB. */
  readonly documentBytesMax?: number
  /** For the whole answer. Default 5000. */
  readonly timeoutMilliseconds?: number
  /** Ask `did:web:localhost` by plain HTTP: for tests on one machine. */
  readonly localhostWithoutTls?: boolean
}

export const DOCUMENT_BYTES_MAX = 64 * 1024
export const TIMEOUT_MILLISECONDS = 5_000

type WebDid = Extract<ParsedDid, { method: 'web' }>

/** Where the document of a `did:web` lies. */
export function documentUrl({ host, path }: WebDid, { localhostWithoutTls = false }: WebLimits = {}): string {
  const local = localhostWithoutTls && host.split(':')[0] === 'localhost'
  const file = path.length === 0 ? '.well-known/did.json' : `${path.join('/')}/did.json`
  return `${local ? 'http' : 'https'}://${host}/${file}`
}

/** Fetches the document of a `did:web`. It follows no redirect: who answers must be the host that the DID names. */
export async function fetchDocument(did: string, parsed: WebDid, limits: WebLimits): Promise<DIDDocument> {
  const { documentBytesMax = DOCUMENT_BYTES_MAX, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = limits
  const url = documentUrl(parsed, limits)
  const signal = AbortSignal.timeout(timeoutMilliseconds)
  let bytes: Uint8Array
  try {
    const response = await fetch(url, { redirect: 'error', credentials: 'omit', signal })
    if (!response.ok) {
      await response.body?.cancel()
      throw new UnreachableError({ given: url, problem: `HTTP ${response.status}` })
    }
    bytes = await readAtMost(response, { did, documentBytesMax })
  } catch (cause) {
    if (cause instanceof UnreachableError || cause instanceof BadDocumentError) throw cause
    throw new UnreachableError({ given: url, problem: String(cause), cause })
  }
  return DidDocument.parse(new TextDecoder().decode(bytes), did)
}

/** What a server says about the length of its answer binds nobody: count. */
async function readAtMost(response: Response, { did, documentBytesMax }: ReadLimit): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length
    // Leaving the loop cancels the stream.
    if (size > documentBytesMax)
      throw new BadDocumentError({ did, problem: `it has more than ${documentBytesMax} bytes` })
    parts.push(part)
  }
  return Bytes.concat(...parts)
}

type ReadLimit = { readonly did: string; readonly documentBytesMax: number }
