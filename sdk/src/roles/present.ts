import type { Hex } from 'viem'
import * as Binding from '../protocol/Binding.ts'
import { fromHex, toHex } from '../protocol/Bytes.ts'
import type { Credential } from '../protocol/Credential.ts'
import * as Domain from '../protocol/Domain.ts'
import { BaseError } from '../protocol/Errors.ts'
import * as Presentation from '../protocol/Presentation.ts'
import * as SignerId from '../protocol/SignerId.ts'
import type { Signer } from '../ports/Signer.ts'

/**
 * Shows a credential to one verifier, in answer to its challenge: the bytes to send.
 *
 * @example
 * const bytes = await present(credential, { verifierDeviceId, challenge, purpose, expiresAt: clock.now() + 60, signer })
 */
export async function present(credential: Credential, options: present.Options): Promise<Uint8Array> {
  const { signer, verifierDeviceId, challenge, purpose, expiresAt } = options
  const given = SignerId.of(signer.signer)
  const { deviceId } = credential.binding
  if (given !== deviceId.toLowerCase()) throw new WrongKeyError({ given, expected: deviceId })
  const showing = { verifierDeviceId, challenge, purpose, expiresAt }
  const bindingId = Binding.id(credential.binding)
  const digest = Presentation.digest({ bindingId, ...showing }, Domain.registry(credential.registry))
  const signature = toHex(await signer.sign(fromHex(digest)))
  return Presentation.encode({ credential, ...showing, signature })
}
export declare namespace present {
  type Options = Presentation.Showing & { readonly signer: Signer }
  type ErrorType = WrongKeyError
}

/** The credential is another device's. */
export class WrongKeyError extends BaseError {
  override readonly name = 'Presentation.WrongKeyError'
  constructor({ given, expected }: { given: Hex; expected: Hex }) {
    super(`The credential is of the device ${expected}, and the key of ${given}.`, {
      next: 'Show the credential of this device.',
      given,
      expected,
    })
  }
}
