// Written by `npm run codegen` from the compiled contracts. Do not edit.

/** `Agreement(bytes32 payer,bytes32 payee,bytes32 tariffHash,uint40 validFrom,uint40 validUntil,bytes32 salt)` */
export const agreementTypes = {
  Agreement: [
    { name: 'payer', type: 'bytes32' },
    { name: 'payee', type: 'bytes32' },
    { name: 'tariffHash', type: 'bytes32' },
    { name: 'validFrom', type: 'uint40' },
    { name: 'validUntil', type: 'uint40' },
    { name: 'salt', type: 'bytes32' },
  ],
} as const
export const agreementTypehash = '0xc387ce0615adc2fd377399c9282527d610b670e609fa0f55542de55450798485'

/** `Binding(bytes32 deviceId,bytes32 partyId,address attester,uint40 validFrom,uint40 validUntil,address funder,uint8 funding,address token,uint96 maxPerPayment,uint96 maxPerPeriod,uint32 periodSeconds,bytes32 approvers,bytes32 billingRef,bytes32 freshnessTip,bytes32 previous)` */
export const bindingTypes = {
  Binding: [
    { name: 'deviceId', type: 'bytes32' },
    { name: 'partyId', type: 'bytes32' },
    { name: 'attester', type: 'address' },
    { name: 'validFrom', type: 'uint40' },
    { name: 'validUntil', type: 'uint40' },
    { name: 'funder', type: 'address' },
    { name: 'funding', type: 'uint8' },
    { name: 'token', type: 'address' },
    { name: 'maxPerPayment', type: 'uint96' },
    { name: 'maxPerPeriod', type: 'uint96' },
    { name: 'periodSeconds', type: 'uint32' },
    { name: 'approvers', type: 'bytes32' },
    { name: 'billingRef', type: 'bytes32' },
    { name: 'freshnessTip', type: 'bytes32' },
    { name: 'previous', type: 'bytes32' },
  ],
} as const
export const bindingTypehash = '0x6e803e5cdda1fa5885b43f35af5bf8ec63c9b7b7ad83522d970014109c36e92d'

/** `Enrolment(bytes32 root,uint32 count,bytes32 partyId,address attester,uint40 validFrom,uint40 validUntil)` */
export const enrolmentTypes = {
  Enrolment: [
    { name: 'root', type: 'bytes32' },
    { name: 'count', type: 'uint32' },
    { name: 'partyId', type: 'bytes32' },
    { name: 'attester', type: 'address' },
    { name: 'validFrom', type: 'uint40' },
    { name: 'validUntil', type: 'uint40' },
  ],
} as const
export const enrolmentTypehash = '0xed697b8b71c526b71522f27fab07a8fef84459356e0c985e00ebca7f30e544d2'

/** `Leaf(uint32 index,bytes32 bindingId)` */
export const leafTypes = {
  Leaf: [
    { name: 'index', type: 'uint32' },
    { name: 'bindingId', type: 'bytes32' },
  ],
} as const
export const leafTypehash = '0x04768000cbff6cfa6eb24da2964a9d36bfae9ac03752f7bb3db79a8df232c96e'

/** `Presentation(bytes32 bindingId,bytes32 verifierDeviceId,bytes32 challenge,bytes32 purpose,uint40 expiresAt)` */
export const presentationTypes = {
  Presentation: [
    { name: 'bindingId', type: 'bytes32' },
    { name: 'verifierDeviceId', type: 'bytes32' },
    { name: 'challenge', type: 'bytes32' },
    { name: 'purpose', type: 'bytes32' },
    { name: 'expiresAt', type: 'uint40' },
  ],
} as const
export const presentationTypehash = '0x05735116af8c7f2d30377d4bfe8d55a61e2c9f610ccc4249e1cb4eafd36e358e'

/** `RebindNotice(bytes32 bindingId,uint24 sequence,bytes32 successor,uint40 deadline)` */
export const rebindNoticeTypes = {
  RebindNotice: [
    { name: 'bindingId', type: 'bytes32' },
    { name: 'sequence', type: 'uint24' },
    { name: 'successor', type: 'bytes32' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const
export const rebindNoticeTypehash = '0x980fdc68d9748bee2b352c50a1840e8b76b5eb464d77aeab1f1147766716cca7'

/** `RebindVeto(bytes32 bindingId,uint24 sequence,uint40 deadline)` */
export const rebindVetoTypes = {
  RebindVeto: [
    { name: 'bindingId', type: 'bytes32' },
    { name: 'sequence', type: 'uint24' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const
export const rebindVetoTypehash = '0xbf65b7d97c178db0c971bab0e43004257ba1eb572fa9d0926b5b29b29e16e2e6'

/** `Release(bytes32 bindingId,uint24 sequence,bytes32 successor,uint40 deadline)` */
export const releaseTypes = {
  Release: [
    { name: 'bindingId', type: 'bytes32' },
    { name: 'sequence', type: 'uint24' },
    { name: 'successor', type: 'bytes32' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const
export const releaseTypehash = '0x2e14b42f86c677cbd2ef4427e69c50ac6fffef42ac37441cfd1a01125196e718'

/** `Resume(bytes32 bindingId,uint24 sequence,uint40 deadline)` */
export const resumeTypes = {
  Resume: [
    { name: 'bindingId', type: 'bytes32' },
    { name: 'sequence', type: 'uint24' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const
export const resumeTypehash = '0x0cd89399a9b446ffd705eb2879324e38c73b5a9816d1c3263fa9ba0cfdcfc00e'

/** `Revocation(bytes32 bindingId,uint24 sequence)` */
export const revocationTypes = {
  Revocation: [
    { name: 'bindingId', type: 'bytes32' },
    { name: 'sequence', type: 'uint24' },
  ],
} as const
export const revocationTypehash = '0xd597f00f65d045cccd304f06ace7e07ae69b2a865dd5bd7ae5e4c04782253751'

/** `RevokeLeaves(bytes32 enrolmentId,uint32[] indexes,uint40 deadline)` */
export const revokeLeavesTypes = {
  RevokeLeaves: [
    { name: 'enrolmentId', type: 'bytes32' },
    { name: 'indexes', type: 'uint32[]' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const
export const revokeLeavesTypehash = '0xb7c8f54ca939048a4d483111b00652cf7bf10582368acae615ac511a1ccfb0f8'

/** `RevokeMany(Revocation[] rows,uint40 deadline)Revocation(bytes32 bindingId,uint24 sequence)` */
export const revokeManyTypes = {
  RevokeMany: [
    { name: 'rows', type: 'Revocation[]' },
    { name: 'deadline', type: 'uint40' },
  ],
  Revocation: [
    { name: 'bindingId', type: 'bytes32' },
    { name: 'sequence', type: 'uint24' },
  ],
} as const
export const revokeManyTypehash = '0x53a5707386c7d0a82678ee8673ade79b853309d5d21a07972824cec013c8dfc7'

/** `Revoke(bytes32 bindingId,uint24 sequence,uint40 deadline)` */
export const revokeTypes = {
  Revoke: [
    { name: 'bindingId', type: 'bytes32' },
    { name: 'sequence', type: 'uint24' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const
export const revokeTypehash = '0xa189af6ccb3f95f9ebbd17a23dc8f8c2e051d8e8eb9dc80bd3be6ec5da24438d'

/** `StatusSnapshot(address attester,uint40 asOf,uint32 count,bytes32 root)` */
export const statusSnapshotTypes = {
  StatusSnapshot: [
    { name: 'attester', type: 'address' },
    { name: 'asOf', type: 'uint40' },
    { name: 'count', type: 'uint32' },
    { name: 'root', type: 'bytes32' },
  ],
} as const
export const statusSnapshotTypehash = '0xf8bb19080e32373b34e2a2f3adc5f86bfc48ed0d4958925e5b169c6c20d7fea8'

/** `Suspend(bytes32 bindingId,uint24 sequence,uint40 deadline)` */
export const suspendTypes = {
  Suspend: [
    { name: 'bindingId', type: 'bytes32' },
    { name: 'sequence', type: 'uint24' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const
export const suspendTypehash = '0xfe1858084d012f82de5508e5383748753cca8f47e3ac0240de6c9a6ccced31f3'

/** `TrustList(uint32 version,uint40 validFrom,uint40 validUntil,address[] attesters)` */
export const trustListTypes = {
  TrustList: [
    { name: 'version', type: 'uint32' },
    { name: 'validFrom', type: 'uint40' },
    { name: 'validUntil', type: 'uint40' },
    { name: 'attesters', type: 'address[]' },
  ],
} as const
export const trustListTypehash = '0xb8fbdc0e6240aeab5caca51791b6573759d11615396f99301f1dd5d4f9fd38ea'

/** `Acknowledgement(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot)` */
export const acknowledgementTypes = {
  Acknowledgement: [
    { name: 'channelId', type: 'bytes32' },
    { name: 'cumulativeAmount', type: 'uint96' },
    { name: 'version', type: 'uint64' },
    { name: 'receiptsRoot', type: 'bytes32' },
  ],
} as const
export const acknowledgementTypehash = '0x941185a69c6a703a6403ddf13d79b6d4543a01ab200a89c1877d405318c06c0e'

/** `Channel(bytes32 payer,address beneficiary,address token,Terms terms)Terms(bytes32 payerBinding,address funder,bytes32 payee,bytes32 payeeBinding,uint40 closeDelaySeconds,bytes32 salt)` */
export const channelTypes = {
  Channel: [
    { name: 'payer', type: 'bytes32' },
    { name: 'beneficiary', type: 'address' },
    { name: 'token', type: 'address' },
    { name: 'terms', type: 'Terms' },
  ],
  Terms: [
    { name: 'payerBinding', type: 'bytes32' },
    { name: 'funder', type: 'address' },
    { name: 'payee', type: 'bytes32' },
    { name: 'payeeBinding', type: 'bytes32' },
    { name: 'closeDelaySeconds', type: 'uint40' },
    { name: 'salt', type: 'bytes32' },
  ],
} as const
export const channelTypehash = '0x74d4b4df68240a40ca3fb275c60417c1d4b42760959898e1ec62ce4ba40f647e'

/** `CooperativeClose(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot)` */
export const cooperativeCloseTypes = {
  CooperativeClose: [
    { name: 'channelId', type: 'bytes32' },
    { name: 'cumulativeAmount', type: 'uint96' },
    { name: 'version', type: 'uint64' },
    { name: 'receiptsRoot', type: 'bytes32' },
  ],
} as const
export const cooperativeCloseTypehash = '0xa7b34537e93405d2463e508a076aa1e35896be385cc9b23b888f91646eee94a7'

/** `FundingOrder(bytes32 channelId,uint96 amount,uint96 depositBefore,uint40 deadline)` */
export const fundingOrderTypes = {
  FundingOrder: [
    { name: 'channelId', type: 'bytes32' },
    { name: 'amount', type: 'uint96' },
    { name: 'depositBefore', type: 'uint96' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const
export const fundingOrderTypehash = '0x8d7ee92203b98ec04194ea55da293d0930d243fbe6e5d8cf57378144f5d6daac'

/** `HashlockVoucher(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot,uint96 lockedAmount,bytes32 hashlock,uint40 expiresAt)` */
export const hashlockVoucherTypes = {
  HashlockVoucher: [
    { name: 'channelId', type: 'bytes32' },
    { name: 'cumulativeAmount', type: 'uint96' },
    { name: 'version', type: 'uint64' },
    { name: 'receiptsRoot', type: 'bytes32' },
    { name: 'lockedAmount', type: 'uint96' },
    { name: 'hashlock', type: 'bytes32' },
    { name: 'expiresAt', type: 'uint40' },
  ],
} as const
export const hashlockVoucherTypehash = '0xb74395ff90109439168e7e0445209667deec15adab61325250ce91afcfa20acb'

/** `RequestClose(bytes32 channelId,uint40 deadline)` */
export const requestCloseTypes = {
  RequestClose: [
    { name: 'channelId', type: 'bytes32' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const
export const requestCloseTypehash = '0x1aa917793c20971a7303137b686161eb90075447928f88ebfdd88bf8f9646f36'

/** `StreamVoucher(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot,uint96 tickAmount,uint32 tickCount,bytes32 tickRoot)` */
export const streamVoucherTypes = {
  StreamVoucher: [
    { name: 'channelId', type: 'bytes32' },
    { name: 'cumulativeAmount', type: 'uint96' },
    { name: 'version', type: 'uint64' },
    { name: 'receiptsRoot', type: 'bytes32' },
    { name: 'tickAmount', type: 'uint96' },
    { name: 'tickCount', type: 'uint32' },
    { name: 'tickRoot', type: 'bytes32' },
  ],
} as const
export const streamVoucherTypehash = '0x53e0c17e2be1d712c65d1ca82e3b80a8c2cddcf24e9d8c4fc3cd5557bb132ad1'

/** `Terms(bytes32 payerBinding,address funder,bytes32 payee,bytes32 payeeBinding,uint40 closeDelaySeconds,bytes32 salt)` */
export const termsTypes = {
  Terms: [
    { name: 'payerBinding', type: 'bytes32' },
    { name: 'funder', type: 'address' },
    { name: 'payee', type: 'bytes32' },
    { name: 'payeeBinding', type: 'bytes32' },
    { name: 'closeDelaySeconds', type: 'uint40' },
    { name: 'salt', type: 'bytes32' },
  ],
} as const
export const termsTypehash = '0x7bd5af1634b2cff150e48231edda7f3aba775746d6f4bfd8aadac8b438730935'

/** `Voucher(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot)` */
export const voucherTypes = {
  Voucher: [
    { name: 'channelId', type: 'bytes32' },
    { name: 'cumulativeAmount', type: 'uint96' },
    { name: 'version', type: 'uint64' },
    { name: 'receiptsRoot', type: 'bytes32' },
  ],
} as const
export const voucherTypehash = '0x676b465a612f9805adcc95645c7b17d576721f262c4dbce2dce62734f450bef9'

/** `AnchorLeaf(uint32 index,bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot)` */
export const anchorLeafTypes = {
  AnchorLeaf: [
    { name: 'index', type: 'uint32' },
    { name: 'channelId', type: 'bytes32' },
    { name: 'cumulativeAmount', type: 'uint96' },
    { name: 'version', type: 'uint64' },
    { name: 'receiptsRoot', type: 'bytes32' },
  ],
} as const
export const anchorLeafTypehash = '0x8229a434c66939aa9984d44c5a87c38ca1dcdf101db112378b954cab84f09f61'

/** `Anchor(bytes32 publisher,uint64 epoch,bytes32 previousRoot,bytes32 root,uint32 count,uint96 total)` */
export const anchorTypes = {
  Anchor: [
    { name: 'publisher', type: 'bytes32' },
    { name: 'epoch', type: 'uint64' },
    { name: 'previousRoot', type: 'bytes32' },
    { name: 'root', type: 'bytes32' },
    { name: 'count', type: 'uint32' },
    { name: 'total', type: 'uint96' },
  ],
} as const
export const anchorTypehash = '0x7e9ab3f0ed99904b7368b98211e29c45330ebb0d6127b0c561611644863ca17b'
