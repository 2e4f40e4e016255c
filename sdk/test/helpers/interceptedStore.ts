import type { Store } from '../../src/ports/Store.ts'

type Write = 'addChannel' | 'saveView' | 'saveAgreement' | 'append' | 'adopt' | 'saveClose'

/** Stands between a role and its store: decides when, and whether, a write is done. `call` counts from 1. */
export type Interception = { readonly [W in Write]?: (write: () => Promise<void>, call: number) => Promise<void> }

export function intercepted(store: Store, interception: Interception): Store {
  const calls = new Map<Write, number>()
  const through = (name: Write, write: () => Promise<void>): Promise<void> => {
    const call = (calls.get(name) ?? 0) + 1
    calls.set(name, call)
    const intercept = interception[name]
    return intercept === undefined ? write() : intercept(write, call)
  }
  return {
    addChannel: (record) => through('addChannel', () => store.addChannel(record)),
    channels: () => store.channels(),
    saveView: (channelId, view) => through('saveView', () => store.saveView(channelId, view)),
    view: (channelId) => store.view(channelId),
    saveAgreement: (channelId, hash, signed) =>
      through('saveAgreement', () => store.saveAgreement(channelId, hash, signed)),
    agreements: (channelId) => store.agreements(channelId),
    append: (payment) => through('append', () => store.append(payment)),
    adopt: (voucher) => through('adopt', () => store.adopt(voucher)),
    newest: (channelId) => store.newest(channelId),
    payments: (channelId, afterVersion) => store.payments(channelId, afterVersion),
    saveClose: (close) => through('saveClose', () => store.saveClose(close)),
    close: (channelId) => store.close(channelId),
    dispose: () => store.dispose(),
  }
}

/** A full disk, for instance. */
export const diskFailure = new Error('the disk is full')

/** Lets a write pass when the test opens it, so that the test decides what happens before. */
export function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}
