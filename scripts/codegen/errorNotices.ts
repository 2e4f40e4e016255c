import { CONTRACTS, HEADER, readAbi, readSyntax } from './contracts.ts'
import type { Artifacts, SyntaxNode } from './contracts.ts'

/** Errors of libraries whose authors wrote no sentence, or one that does not say what is wrong. */
const OUR_WORDS: Readonly<Record<string, string>> = {
  AccessManagedUnauthorized: 'The access manager does not let the caller do this.',
  AccessManagedRequiredDelay: 'The access manager lets the caller do this only after a delay: schedule it first.',
  AccessManagedInvalidAuthority: 'There is no access manager at the address.',
  ERC20InsufficientAllowance: 'The token lets the spender take less than is needed: approve more.',
  ERC20InsufficientBalance: 'The sender holds fewer tokens than are needed.',
  ERC20InvalidApprover: 'The token takes no approval from this account.',
  ERC20InvalidReceiver: 'The token is not sent to this account.',
  ERC20InvalidSender: 'The token is not sent from this account.',
  ERC20InvalidSpender: 'The token takes no approval for this account.',
  ERC2612InvalidSigner: "The permit is not signed by the tokens' owner.",
  StringTooLong: 'The text is longer than 31 bytes.',
  InvalidShortString: 'The text was not stored as a short one.',
}

/** What each error of the ABIs means, in the words of its NatSpec: the sentence stands once, beside the error. */
export async function renderErrorNotices(artifacts: Artifacts): Promise<string> {
  const notices = new Map<string, string>()
  for (const contract of CONTRACTS) {
    const written = new Map((await readSyntax(artifacts, contract)).flatMap(noticesIn))
    for (const item of await readAbi(artifacts, contract)) {
      if (item.type !== 'error') continue
      const notice = OUR_WORDS[item.name] ?? written.get(item.name)
      if (notice === undefined) throw new Error(`The error ${item.name} has no @notice: nobody would understand it.`)
      notices.set(item.name, notice)
    }
  }
  const sorted = Object.fromEntries([...notices].sort(([a], [b]) => (a < b ? -1 : 1)))
  const comment = '/** What an error of the contracts means, by its name: the NatSpec beside it. */'
  const type = 'Readonly<Record<string, string>>'
  return `${HEADER}\n${comment}\nexport const errorNotices: ${type} = ${JSON.stringify(sorted, null, 2)}\n`
}

function noticesIn(node: SyntaxNode): [string, string][] {
  const below = (node.nodes ?? []).flatMap(noticesIn)
  const text = node.documentation?.text
  if (node.nodeType !== 'ErrorDefinition' || node.name === undefined || text === undefined) return below
  return [[node.name, sentenceOf(text)]]
}

/** The text up to its parameters, on one line. */
function sentenceOf(natSpec: string): string {
  const [text = ''] = natSpec.replace(/^\s*@(notice|dev)\s+/, '').split(/\s@(?:param|dev|return)\s/)
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.endsWith('.') ? line : `${line}.`
}
