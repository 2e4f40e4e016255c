// Written by `npm run codegen` from the compiled contracts. Do not edit.

export const identityRegistryAbi = [
  {
    inputs: [
      {
        internalType: 'address',
        name: 'authority',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'p256Verifier_',
        type: 'address',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'constructor',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'authority',
        type: 'address',
      },
    ],
    name: 'AccessManagedInvalidAuthority',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'caller',
        type: 'address',
      },
      {
        internalType: 'uint32',
        name: 'delay',
        type: 'uint32',
      },
    ],
    name: 'AccessManagedRequiredDelay',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'caller',
        type: 'address',
      },
    ],
    name: 'AccessManagedUnauthorized',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
      {
        internalType: 'uint24',
        name: 'index',
        type: 'uint24',
      },
    ],
    name: 'IdentityRegistry_AlreadyAccredited',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_AlreadyBound',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_AlreadyEnrolled',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'escrow',
        type: 'address',
      },
    ],
    name: 'IdentityRegistry_AlreadyRegistered',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
    ],
    name: 'IdentityRegistry_BadAttesterSignature',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint32',
        name: 'given',
        type: 'uint32',
      },
      {
        internalType: 'uint32',
        name: 'countMax',
        type: 'uint32',
      },
    ],
    name: 'IdentityRegistry_BadCount',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'enum Funding',
        name: 'given',
        type: 'uint8',
      },
    ],
    name: 'IdentityRegistry_BadFunding',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint96',
        name: 'maxPerPayment',
        type: 'uint96',
      },
      {
        internalType: 'uint96',
        name: 'maxPerPeriod',
        type: 'uint96',
      },
    ],
    name: 'IdentityRegistry_BadLimits',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint32',
        name: 'periodSeconds',
        type: 'uint32',
      },
      {
        internalType: 'uint256',
        name: 'periods',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'periodsMax',
        type: 'uint256',
      },
    ],
    name: 'IdentityRegistry_BadPeriod',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'bytes',
        name: 'signer',
        type: 'bytes',
      },
    ],
    name: 'IdentityRegistry_BadSignature',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint40',
        name: 'startsAt',
        type: 'uint40',
      },
      {
        internalType: 'uint40',
        name: 'validUntil',
        type: 'uint40',
      },
    ],
    name: 'IdentityRegistry_BadValidity',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        internalType: 'uint256',
        name: 'given',
        type: 'uint256',
      },
      {
        internalType: 'uint96',
        name: 'allowed',
        type: 'uint96',
      },
    ],
    name: 'IdentityRegistry_CeilingExceeded',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
      {
        internalType: 'uint24',
        name: 'index',
        type: 'uint24',
      },
    ],
    name: 'IdentityRegistry_CompromisedAttester',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'deviceId',
        type: 'bytes32',
      },
      {
        internalType: 'BindingId',
        name: 'head',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_DeviceRetired',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint40',
        name: 'deadline',
        type: 'uint40',
      },
      {
        internalType: 'uint256',
        name: 'blockTime',
        type: 'uint256',
      },
    ],
    name: 'IdentityRegistry_Expired',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint40',
        name: 'given',
        type: 'uint40',
      },
      {
        internalType: 'uint256',
        name: 'blockTime',
        type: 'uint256',
      },
    ],
    name: 'IdentityRegistry_FutureTime',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
      {
        internalType: 'uint32',
        name: 'index',
        type: 'uint32',
      },
    ],
    name: 'IdentityRegistry_LeafUsed',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'given',
        type: 'address',
      },
    ],
    name: 'IdentityRegistry_NoCode',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
      {
        internalType: 'uint32',
        name: 'index',
        type: 'uint32',
      },
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_NotALeaf',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
    ],
    name: 'IdentityRegistry_NotAccredited',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_NotAnnounced',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_NotEnrolled',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'caller',
        type: 'address',
      },
    ],
    name: 'IdentityRegistry_NotEscrow',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'SignerId',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_OtherParty',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'payee',
        type: 'bytes32',
      },
      {
        internalType: 'BindingId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'BindingId',
        name: 'head',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_PayeeNotBound',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'partyId',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_SameParty',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
    ],
    name: 'IdentityRegistry_SelfAttested',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'signer',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_SelfLiable',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
      {
        internalType: 'uint40',
        name: 'given',
        type: 'uint40',
      },
      {
        internalType: 'uint40',
        name: 'newest',
        type: 'uint40',
      },
    ],
    name: 'IdentityRegistry_StaleSnapshot',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'successor',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_SuccessorNamed',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        internalType: 'uint256',
        name: 'blockTime',
        type: 'uint256',
      },
      {
        internalType: 'uint40',
        name: 'readyAt',
        type: 'uint40',
      },
    ],
    name: 'IdentityRegistry_TooEarly',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint256',
        name: 'escrowsMax',
        type: 'uint256',
      },
    ],
    name: 'IdentityRegistry_TooManyEscrows',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint24',
        name: 'index',
        type: 'uint24',
      },
    ],
    name: 'IdentityRegistry_UnknownAttester',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'verifier',
        type: 'address',
      },
    ],
    name: 'IdentityRegistry_VerifierNotAllowed',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'given',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'expected',
        type: 'address',
      },
    ],
    name: 'IdentityRegistry_WrongAttester',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'BindingId',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_WrongBinding',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'BindingId',
        name: 'head',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_WrongPrevious',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        internalType: 'uint24',
        name: 'given',
        type: 'uint24',
      },
      {
        internalType: 'uint24',
        name: 'expected',
        type: 'uint24',
      },
    ],
    name: 'IdentityRegistry_WrongSequence',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'SignerId',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_WrongSigner',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        internalType: 'enum BindingStatus',
        name: 'given',
        type: 'uint8',
      },
      {
        internalType: 'enum BindingStatus',
        name: 'expected',
        type: 'uint8',
      },
    ],
    name: 'IdentityRegistry_WrongStatus',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'BindingId',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'IdentityRegistry_WrongSuccessor',
    type: 'error',
  },
  {
    inputs: [],
    name: 'IdentityRegistry_ZeroAddress',
    type: 'error',
  },
  {
    inputs: [],
    name: 'InvalidShortString',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'string',
        name: 'str',
        type: 'string',
      },
    ],
    name: 'StringTooLong',
    type: 'error',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'uint24',
        name: 'index',
        type: 'uint24',
      },
    ],
    name: 'AttesterAccredited',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'uint24',
        name: 'index',
        type: 'uint24',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'since',
        type: 'uint40',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'markedAt',
        type: 'uint40',
      },
    ],
    name: 'AttesterCompromised',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'uint24',
        name: 'index',
        type: 'uint24',
      },
    ],
    name: 'AttesterRetired',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: false,
        internalType: 'address',
        name: 'authority',
        type: 'address',
      },
    ],
    name: 'AuthorityUpdated',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'successor',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'endsAt',
        type: 'uint40',
      },
    ],
    name: 'BindingRebound',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'endsAt',
        type: 'uint40',
      },
    ],
    name: 'BindingReleased',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'successor',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'endsAt',
        type: 'uint40',
      },
    ],
    name: 'BindingRenewed',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint24',
        name: 'sequence',
        type: 'uint24',
      },
    ],
    name: 'BindingResumed',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'endsAt',
        type: 'uint40',
      },
    ],
    name: 'BindingRevoked',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'successor',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'endsAt',
        type: 'uint40',
      },
    ],
    name: 'BindingRotated',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: true,
        internalType: 'SignerId',
        name: 'deviceId',
        type: 'bytes32',
      },
      {
        indexed: true,
        internalType: 'SignerId',
        name: 'partyId',
        type: 'bytes32',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        indexed: false,
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'startedAt',
        type: 'uint40',
      },
      {
        indexed: false,
        internalType: 'bytes',
        name: 'deviceSigner',
        type: 'bytes',
      },
    ],
    name: 'BindingStarted',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint24',
        name: 'sequence',
        type: 'uint24',
      },
    ],
    name: 'BindingSuspended',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [],
    name: 'EIP712DomainChanged',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
      {
        indexed: true,
        internalType: 'SignerId',
        name: 'partyId',
        type: 'bytes32',
      },
      {
        indexed: true,
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'root',
            type: 'bytes32',
          },
          {
            internalType: 'uint32',
            name: 'count',
            type: 'uint32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
        ],
        indexed: false,
        internalType: 'struct Enrolment',
        name: 'enrolment',
        type: 'tuple',
      },
      {
        indexed: false,
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
    ],
    name: 'Enrolled',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'escrow',
        type: 'address',
      },
    ],
    name: 'EscrowRegistered',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint32',
        name: 'index',
        type: 'uint32',
      },
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    name: 'LeafActivated',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint32[]',
        name: 'indexes',
        type: 'uint32[]',
      },
    ],
    name: 'LeavesRevoked',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'successor',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint24',
        name: 'sequence',
        type: 'uint24',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'readyAt',
        type: 'uint40',
      },
    ],
    name: 'RebindAnnounced',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint24',
        name: 'sequence',
        type: 'uint24',
      },
    ],
    name: 'RebindVetoed',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'enum BindingStatus',
        name: 'status',
        type: 'uint8',
      },
      {
        indexed: false,
        internalType: 'uint24',
        name: 'sequence',
        type: 'uint24',
      },
      {
        indexed: false,
        internalType: 'uint24',
        name: 'attesterIndex',
        type: 'uint24',
      },
    ],
    name: 'RevocationSkipped',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'asOf',
        type: 'uint40',
      },
      {
        indexed: false,
        internalType: 'uint32',
        name: 'count',
        type: 'uint32',
      },
      {
        indexed: false,
        internalType: 'bytes32',
        name: 'root',
        type: 'bytes32',
      },
    ],
    name: 'StatusAnchored',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'verifier',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'bool',
        name: 'allowed',
        type: 'bool',
      },
    ],
    name: 'VerifierSet',
    type: 'event',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
    ],
    name: 'accredit',
    outputs: [
      {
        internalType: 'uint24',
        name: 'index',
        type: 'uint24',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'root',
            type: 'bytes32',
          },
          {
            internalType: 'uint32',
            name: 'count',
            type: 'uint32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
        ],
        internalType: 'struct Enrolment',
        name: 'enrolment',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        internalType: 'uint32',
        name: 'index',
        type: 'uint32',
      },
      {
        internalType: 'bytes32[]',
        name: 'proof',
        type: 'bytes32[]',
      },
      {
        internalType: 'bytes',
        name: 'deviceSigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'deviceSignature',
        type: 'bytes',
      },
    ],
    name: 'activate',
    outputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'root',
            type: 'bytes32',
          },
          {
            internalType: 'uint32',
            name: 'count',
            type: 'uint32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
        ],
        internalType: 'struct Enrolment',
        name: 'enrolment',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'head',
        type: 'tuple',
      },
      {
        internalType: 'uint32',
        name: 'index',
        type: 'uint32',
      },
      {
        internalType: 'bytes32[]',
        name: 'proof',
        type: 'bytes32[]',
      },
      {
        internalType: 'bytes',
        name: 'deviceSigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'deviceSignature',
        type: 'bytes',
      },
    ],
    name: 'activateRenewal',
    outputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'verifier',
        type: 'address',
      },
    ],
    name: 'allowsVerifier',
    outputs: [
      {
        internalType: 'bool',
        name: '',
        type: 'bool',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'uint24',
        name: 'attesterIndex',
        type: 'uint24',
      },
      {
        components: [
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'asOf',
            type: 'uint40',
          },
          {
            internalType: 'uint32',
            name: 'count',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'root',
            type: 'bytes32',
          },
        ],
        internalType: 'struct StatusSnapshot',
        name: 'snapshot',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'anchorStatus',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'BindingId',
            name: 'bindingId',
            type: 'bytes32',
          },
          {
            internalType: 'uint24',
            name: 'sequence',
            type: 'uint24',
          },
          {
            internalType: 'BindingId',
            name: 'successor',
            type: 'bytes32',
          },
          {
            internalType: 'uint40',
            name: 'deadline',
            type: 'uint40',
          },
        ],
        internalType: 'struct RebindNotice',
        name: 'message',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'announceRebind',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    name: 'announcedRebindOf',
    outputs: [
      {
        internalType: 'BindingId',
        name: 'successor',
        type: 'bytes32',
      },
      {
        internalType: 'uint40',
        name: 'readyAt',
        type: 'uint40',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
    ],
    name: 'attesterIndexOf',
    outputs: [
      {
        internalType: 'uint24',
        name: '',
        type: 'uint24',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'uint24',
        name: 'index',
        type: 'uint24',
      },
    ],
    name: 'attesterOf',
    outputs: [
      {
        components: [
          {
            internalType: 'address',
            name: 'account',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'compromisedSince',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'markedAt',
            type: 'uint40',
          },
        ],
        internalType: 'struct Attester',
        name: '',
        type: 'tuple',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'authority',
    outputs: [
      {
        internalType: 'address',
        name: '',
        type: 'address',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'bytes',
            name: 'device',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'party',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'attester',
            type: 'bytes',
          },
        ],
        internalType: 'struct BindingSignatures',
        name: 'signatures',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'deviceSigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
    ],
    name: 'bind',
    outputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
    ],
    name: 'check',
    outputs: [
      {
        internalType: 'enum BindingStatus',
        name: '',
        type: 'uint8',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'root',
            type: 'bytes32',
          },
          {
            internalType: 'uint32',
            name: 'count',
            type: 'uint32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
        ],
        internalType: 'struct Enrolment',
        name: 'enrolment',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        internalType: 'uint32',
        name: 'index',
        type: 'uint32',
      },
      {
        internalType: 'bytes32[]',
        name: 'proof',
        type: 'bytes32[]',
      },
    ],
    name: 'checkLeaf',
    outputs: [
      {
        internalType: 'enum BindingStatus',
        name: '',
        type: 'uint8',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'eip712Domain',
    outputs: [
      {
        internalType: 'bytes1',
        name: 'fields',
        type: 'bytes1',
      },
      {
        internalType: 'string',
        name: 'name',
        type: 'string',
      },
      {
        internalType: 'string',
        name: 'version',
        type: 'string',
      },
      {
        internalType: 'uint256',
        name: 'chainId',
        type: 'uint256',
      },
      {
        internalType: 'address',
        name: 'verifyingContract',
        type: 'address',
      },
      {
        internalType: 'bytes32',
        name: 'salt',
        type: 'bytes32',
      },
      {
        internalType: 'uint256[]',
        name: 'extensions',
        type: 'uint256[]',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'root',
            type: 'bytes32',
          },
          {
            internalType: 'uint32',
            name: 'count',
            type: 'uint32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
        ],
        internalType: 'struct Enrolment',
        name: 'enrolment',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'partySignature',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'attesterSignature',
        type: 'bytes',
      },
    ],
    name: 'enrol',
    outputs: [
      {
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
    ],
    name: 'enrolmentOf',
    outputs: [
      {
        components: [
          {
            internalType: 'uint40',
            name: 'enrolledAt',
            type: 'uint40',
          },
          {
            internalType: 'uint24',
            name: 'attesterIndex',
            type: 'uint24',
          },
        ],
        internalType: 'struct EnrolmentRecord',
        name: '',
        type: 'tuple',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
    ],
    name: 'exposureOf',
    outputs: [
      {
        internalType: 'uint96',
        name: '',
        type: 'uint96',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'deviceId',
        type: 'bytes32',
      },
    ],
    name: 'headOf',
    outputs: [
      {
        internalType: 'BindingId',
        name: '',
        type: 'bytes32',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'isConsumingScheduledOp',
    outputs: [
      {
        internalType: 'bytes4',
        name: '',
        type: 'bytes4',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'escrow',
        type: 'address',
      },
    ],
    name: 'isEscrow',
    outputs: [
      {
        internalType: 'bool',
        name: '',
        type: 'bool',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'EnrolmentId',
        name: 'enrolmentId',
        type: 'bytes32',
      },
      {
        internalType: 'uint32',
        name: 'index',
        type: 'uint32',
      },
    ],
    name: 'isLeafUsed',
    outputs: [
      {
        internalType: 'bool',
        name: '',
        type: 'bool',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        internalType: 'uint40',
        name: 'time',
        type: 'uint40',
      },
    ],
    name: 'liableAt',
    outputs: [
      {
        internalType: 'bool',
        name: '',
        type: 'bool',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'uint24',
        name: 'index',
        type: 'uint24',
      },
      {
        internalType: 'uint40',
        name: 'since',
        type: 'uint40',
      },
    ],
    name: 'markCompromised',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'p256Verifier',
    outputs: [
      {
        internalType: 'address',
        name: '',
        type: 'address',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'head',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'bytes',
            name: 'device',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'party',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'attester',
            type: 'bytes',
          },
        ],
        internalType: 'struct BindingSignatures',
        name: 'signatures',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'deviceSigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'headPartySigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'headPartySignature',
        type: 'bytes',
      },
      {
        internalType: 'uint40',
        name: 'releaseDeadline',
        type: 'uint40',
      },
    ],
    name: 'rebind',
    outputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'head',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'bytes',
            name: 'device',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'party',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'attester',
            type: 'bytes',
          },
        ],
        internalType: 'struct BindingSignatures',
        name: 'signatures',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'deviceSigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
    ],
    name: 'rebindAnnounced',
    outputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'rebindDelaySeconds',
    outputs: [
      {
        internalType: 'uint40',
        name: '',
        type: 'uint40',
      },
    ],
    stateMutability: 'pure',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    name: 'recordOf',
    outputs: [
      {
        components: [
          {
            internalType: 'uint40',
            name: 'startedAt',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'endsAt',
            type: 'uint40',
          },
          {
            internalType: 'uint24',
            name: 'period',
            type: 'uint24',
          },
          {
            internalType: 'uint96',
            name: 'exposure',
            type: 'uint96',
          },
          {
            internalType: 'uint24',
            name: 'sequence',
            type: 'uint24',
          },
          {
            internalType: 'uint24',
            name: 'attesterIndex',
            type: 'uint24',
          },
          {
            internalType: 'enum BindingStatus',
            name: 'status',
            type: 'uint8',
          },
        ],
        internalType: 'struct BindingRecord',
        name: '',
        type: 'tuple',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'escrow',
        type: 'address',
      },
    ],
    name: 'registerEscrow',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'BindingId',
            name: 'bindingId',
            type: 'bytes32',
          },
          {
            internalType: 'uint24',
            name: 'sequence',
            type: 'uint24',
          },
          {
            internalType: 'BindingId',
            name: 'successor',
            type: 'bytes32',
          },
          {
            internalType: 'uint40',
            name: 'deadline',
            type: 'uint40',
          },
        ],
        internalType: 'struct Release',
        name: 'message',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'release',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'head',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'bytes',
            name: 'device',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'party',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'attester',
            type: 'bytes',
          },
        ],
        internalType: 'struct BindingSignatures',
        name: 'signatures',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'deviceSigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
    ],
    name: 'renew',
    outputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'BindingId',
            name: 'bindingId',
            type: 'bytes32',
          },
          {
            internalType: 'uint24',
            name: 'sequence',
            type: 'uint24',
          },
          {
            internalType: 'uint40',
            name: 'deadline',
            type: 'uint40',
          },
        ],
        internalType: 'struct Resume',
        name: 'message',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'partySignature',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'attesterSignature',
        type: 'bytes',
      },
    ],
    name: 'resume',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
    ],
    name: 'retire',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'BindingId',
            name: 'bindingId',
            type: 'bytes32',
          },
          {
            internalType: 'uint24',
            name: 'sequence',
            type: 'uint24',
          },
          {
            internalType: 'uint40',
            name: 'deadline',
            type: 'uint40',
          },
        ],
        internalType: 'struct Revoke',
        name: 'message',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'revoke',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'EnrolmentId',
            name: 'enrolmentId',
            type: 'bytes32',
          },
          {
            internalType: 'uint32[]',
            name: 'indexes',
            type: 'uint32[]',
          },
          {
            internalType: 'uint40',
            name: 'deadline',
            type: 'uint40',
          },
        ],
        internalType: 'struct RevokeLeaves',
        name: 'message',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'revokeLeaves',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'uint24',
        name: 'attesterIndex',
        type: 'uint24',
      },
      {
        components: [
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'bindingId',
                type: 'bytes32',
              },
              {
                internalType: 'uint24',
                name: 'sequence',
                type: 'uint24',
              },
            ],
            internalType: 'struct Revocation[]',
            name: 'rows',
            type: 'tuple[]',
          },
          {
            internalType: 'uint40',
            name: 'deadline',
            type: 'uint40',
          },
        ],
        internalType: 'struct RevokeMany',
        name: 'message',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'revokeMany',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'head',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'bytes',
            name: 'device',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'party',
            type: 'bytes',
          },
          {
            internalType: 'bytes',
            name: 'attester',
            type: 'bytes',
          },
        ],
        internalType: 'struct BindingSignatures',
        name: 'signatures',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'deviceSigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
    ],
    name: 'rotateKey',
    outputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'newAuthority',
        type: 'address',
      },
    ],
    name: 'setAuthority',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'verifier',
        type: 'address',
      },
      {
        internalType: 'bool',
        name: 'allowed',
        type: 'bool',
      },
    ],
    name: 'setVerifier',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payer',
        type: 'tuple',
      },
      {
        internalType: 'SignerId',
        name: 'payee',
        type: 'bytes32',
      },
      {
        internalType: 'BindingId',
        name: 'payeeBinding',
        type: 'bytes32',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'spend',
    outputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'attester',
        type: 'address',
      },
    ],
    name: 'statusAsOf',
    outputs: [
      {
        internalType: 'uint40',
        name: '',
        type: 'uint40',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
    ],
    name: 'statusOf',
    outputs: [
      {
        internalType: 'enum BindingStatus',
        name: '',
        type: 'uint8',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'BindingId',
            name: 'bindingId',
            type: 'bytes32',
          },
          {
            internalType: 'uint24',
            name: 'sequence',
            type: 'uint24',
          },
          {
            internalType: 'uint40',
            name: 'deadline',
            type: 'uint40',
          },
        ],
        internalType: 'struct Suspend',
        name: 'message',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'suspendByAttester',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'BindingId',
            name: 'bindingId',
            type: 'bytes32',
          },
          {
            internalType: 'uint24',
            name: 'sequence',
            type: 'uint24',
          },
          {
            internalType: 'uint40',
            name: 'deadline',
            type: 'uint40',
          },
        ],
        internalType: 'struct Suspend',
        name: 'message',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'binding',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'suspendByParty',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'BindingId',
            name: 'bindingId',
            type: 'bytes32',
          },
          {
            internalType: 'uint24',
            name: 'sequence',
            type: 'uint24',
          },
          {
            internalType: 'uint40',
            name: 'deadline',
            type: 'uint40',
          },
        ],
        internalType: 'struct RebindVeto',
        name: 'message',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'head',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'vetoRebind',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
] as const

export const channelEscrowAbi = [
  {
    inputs: [
      {
        internalType: 'contract IIdentityRegistry',
        name: 'registry',
        type: 'address',
      },
      {
        internalType: 'uint40',
        name: 'closeDelayFloorSeconds',
        type: 'uint40',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'constructor',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        internalType: 'enum ChannelStatus',
        name: 'status',
        type: 'uint8',
      },
    ],
    name: 'ChannelEscrow_AlreadyOpened',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'given',
        type: 'address',
      },
    ],
    name: 'ChannelEscrow_BadBeneficiary',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint40',
        name: 'given',
        type: 'uint40',
      },
      {
        internalType: 'uint40',
        name: 'min',
        type: 'uint40',
      },
      {
        internalType: 'uint40',
        name: 'max',
        type: 'uint40',
      },
    ],
    name: 'ChannelEscrow_BadCloseDelay',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint40',
        name: 'given',
        type: 'uint40',
      },
      {
        internalType: 'uint40',
        name: 'max',
        type: 'uint40',
      },
    ],
    name: 'ChannelEscrow_BadCloseDelayFloor',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
    ],
    name: 'ChannelEscrow_BadSignature',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'given',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'balance',
        type: 'uint256',
      },
    ],
    name: 'ChannelEscrow_BalanceTooLow',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'bindingId',
        type: 'bytes32',
      },
      {
        internalType: 'enum BindingStatus',
        name: 'status',
        type: 'uint8',
      },
    ],
    name: 'ChannelEscrow_BindingNotEnded',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        internalType: 'uint40',
        name: 'closeAt',
        type: 'uint40',
      },
    ],
    name: 'ChannelEscrow_Closing',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        internalType: 'uint96',
        name: 'given',
        type: 'uint96',
      },
      {
        internalType: 'uint96',
        name: 'deposit',
        type: 'uint96',
      },
    ],
    name: 'ChannelEscrow_DepositExceeded',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        internalType: 'uint256',
        name: 'given',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'max',
        type: 'uint256',
      },
    ],
    name: 'ChannelEscrow_DepositTooLarge',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint40',
        name: 'deadline',
        type: 'uint40',
      },
      {
        internalType: 'uint256',
        name: 'blockTime',
        type: 'uint256',
      },
    ],
    name: 'ChannelEscrow_Expired',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint40',
        name: 'expiresAt',
        type: 'uint40',
      },
      {
        internalType: 'uint256',
        name: 'blockTime',
        type: 'uint256',
      },
    ],
    name: 'ChannelEscrow_LockExpired',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'given',
        type: 'address',
      },
    ],
    name: 'ChannelEscrow_NoCode',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
    ],
    name: 'ChannelEscrow_NoPayout',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        internalType: 'uint96',
        name: 'given',
        type: 'uint96',
      },
      {
        internalType: 'uint96',
        name: 'authorised',
        type: 'uint96',
      },
    ],
    name: 'ChannelEscrow_NotAuthorised',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
    ],
    name: 'ChannelEscrow_NotClosing',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'given',
        type: 'address',
      },
    ],
    name: 'ChannelEscrow_NotEscrow',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'given',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'expected',
        type: 'address',
      },
    ],
    name: 'ChannelEscrow_NotFunder',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        internalType: 'enum ChannelStatus',
        name: 'status',
        type: 'uint8',
      },
    ],
    name: 'ChannelEscrow_NotOpen',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        internalType: 'uint96',
        name: 'given',
        type: 'uint96',
      },
      {
        internalType: 'uint96',
        name: 'settled',
        type: 'uint96',
      },
      {
        internalType: 'uint96',
        name: 'deposit',
        type: 'uint96',
      },
    ],
    name: 'ChannelEscrow_NothingToSettle',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        internalType: 'uint256',
        name: 'blockTime',
        type: 'uint256',
      },
      {
        internalType: 'uint40',
        name: 'closeAt',
        type: 'uint40',
      },
    ],
    name: 'ChannelEscrow_TooEarly',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint32',
        name: 'given',
        type: 'uint32',
      },
      {
        internalType: 'uint32',
        name: 'tickCount',
        type: 'uint32',
      },
    ],
    name: 'ChannelEscrow_TooManyTicks',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        internalType: 'uint256',
        name: 'given',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'max',
        type: 'uint256',
      },
    ],
    name: 'ChannelEscrow_TotalTooLarge',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'BindingId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'BindingId',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'ChannelEscrow_WrongBinding',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'ChannelId',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'ChannelEscrow_WrongChannel',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'given',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'expected',
        type: 'address',
      },
    ],
    name: 'ChannelEscrow_WrongFunder',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'SignerId',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'ChannelEscrow_WrongPayer',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'bytes32',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'bytes32',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'ChannelEscrow_WrongPreimage',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'ChannelEscrow_WrongSigner',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'given',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'expected',
        type: 'address',
      },
    ],
    name: 'ChannelEscrow_WrongToken',
    type: 'error',
  },
  {
    inputs: [],
    name: 'ChannelEscrow_ZeroAmount',
    type: 'error',
  },
  {
    inputs: [],
    name: 'InvalidShortString',
    type: 'error',
  },
  {
    inputs: [],
    name: 'ReentrancyGuardReentrantCall',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
    ],
    name: 'SafeERC20FailedOperation',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'string',
        name: 'str',
        type: 'string',
      },
    ],
    name: 'StringTooLong',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'received',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'expected',
        type: 'uint256',
      },
    ],
    name: 'TokenCollector_WrongAmountReceived',
    type: 'error',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
      {
        indexed: true,
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'uint256',
        name: 'amount',
        type: 'uint256',
      },
      {
        indexed: false,
        internalType: 'uint256',
        name: 'balance',
        type: 'uint256',
      },
    ],
    name: 'BalanceDeposited',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
      {
        indexed: true,
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'uint256',
        name: 'amount',
        type: 'uint256',
      },
      {
        indexed: false,
        internalType: 'uint256',
        name: 'balance',
        type: 'uint256',
      },
    ],
    name: 'BalanceWithdrawn',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'SettledTotals',
        name: 'totals',
        type: 'uint256',
      },
      {
        indexed: false,
        internalType: 'bytes32',
        name: 'receiptsRoot',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint96',
        name: 'refund',
        type: 'uint96',
      },
    ],
    name: 'ChannelClosed',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        indexed: false,
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        indexed: false,
        internalType: 'uint96',
        name: 'deposit',
        type: 'uint96',
      },
      {
        indexed: false,
        internalType: 'enum DepositSource',
        name: 'source',
        type: 'uint8',
      },
    ],
    name: 'ChannelOpened',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint96',
        name: 'deposit',
        type: 'uint96',
      },
      {
        indexed: false,
        internalType: 'enum DepositSource',
        name: 'source',
        type: 'uint8',
      },
    ],
    name: 'ChannelToppedUp',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint96',
        name: 'settled',
        type: 'uint96',
      },
      {
        indexed: false,
        internalType: 'uint96',
        name: 'refund',
        type: 'uint96',
      },
    ],
    name: 'CloseFinalized',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint40',
        name: 'closeAt',
        type: 'uint40',
      },
    ],
    name: 'CloseRequested',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [],
    name: 'EIP712DomainChanged',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'bytes',
        name: 'reason',
        type: 'bytes',
      },
    ],
    name: 'OpeningSkipped',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: false,
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'uint256',
        name: 'amount',
        type: 'uint256',
      },
    ],
    name: 'PayoutWithdrawn',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'enum SkipReason',
        name: 'reason',
        type: 'uint8',
      },
    ],
    name: 'RowSkipped',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'SettledTotals',
        name: 'totals',
        type: 'uint256',
      },
      {
        indexed: false,
        internalType: 'bytes32',
        name: 'receiptsRoot',
        type: 'bytes32',
      },
    ],
    name: 'VoucherSettled',
    type: 'event',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
    ],
    name: 'balanceOf',
    outputs: [
      {
        internalType: 'uint256',
        name: '',
        type: 'uint256',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
    ],
    name: 'channelOf',
    outputs: [
      {
        components: [
          {
            internalType: 'uint96',
            name: 'settled',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'deposit',
            type: 'uint96',
          },
          {
            internalType: 'uint40',
            name: 'closeAt',
            type: 'uint40',
          },
          {
            internalType: 'enum ChannelStatus',
            name: 'status',
            type: 'uint8',
          },
        ],
        internalType: 'struct ChannelState',
        name: '',
        type: 'tuple',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
      {
        internalType: 'uint64',
        name: 'version',
        type: 'uint64',
      },
      {
        internalType: 'bytes32',
        name: 'receiptsRoot',
        type: 'bytes32',
      },
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'r',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'vs',
            type: 'bytes32',
          },
          {
            internalType: 'bytes',
            name: 'signer',
            type: 'bytes',
          },
        ],
        internalType: 'struct DeviceSignature',
        name: 'payeeSignature',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'authorised',
        type: 'uint96',
      },
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'r',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'vs',
            type: 'bytes32',
          },
          {
            internalType: 'bytes',
            name: 'signer',
            type: 'bytes',
          },
        ],
        internalType: 'struct DeviceSignature',
        name: 'payerSignature',
        type: 'tuple',
      },
    ],
    name: 'close',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'closeDelayBounds',
    outputs: [
      {
        internalType: 'uint40',
        name: 'minSeconds',
        type: 'uint40',
      },
      {
        internalType: 'uint40',
        name: 'maxSeconds',
        type: 'uint40',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'amount',
        type: 'uint256',
      },
    ],
    name: 'depositBalance',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'eip712Domain',
    outputs: [
      {
        internalType: 'bytes1',
        name: 'fields',
        type: 'bytes1',
      },
      {
        internalType: 'string',
        name: 'name',
        type: 'string',
      },
      {
        internalType: 'string',
        name: 'version',
        type: 'string',
      },
      {
        internalType: 'uint256',
        name: 'chainId',
        type: 'uint256',
      },
      {
        internalType: 'address',
        name: 'verifyingContract',
        type: 'address',
      },
      {
        internalType: 'bytes32',
        name: 'salt',
        type: 'bytes32',
      },
      {
        internalType: 'uint256[]',
        name: 'extensions',
        type: 'uint256[]',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
    ],
    name: 'finalizeClose',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'identityRegistry',
    outputs: [
      {
        internalType: 'contract IIdentityRegistry',
        name: '',
        type: 'address',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'open',
    outputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'openFromBalance',
    outputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            components: [
              {
                internalType: 'SignerId',
                name: 'payer',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'beneficiary',
                type: 'address',
              },
              {
                internalType: 'address',
                name: 'token',
                type: 'address',
              },
              {
                components: [
                  {
                    internalType: 'BindingId',
                    name: 'payerBinding',
                    type: 'bytes32',
                  },
                  {
                    internalType: 'address',
                    name: 'funder',
                    type: 'address',
                  },
                  {
                    internalType: 'SignerId',
                    name: 'payee',
                    type: 'bytes32',
                  },
                  {
                    internalType: 'BindingId',
                    name: 'payeeBinding',
                    type: 'bytes32',
                  },
                  {
                    internalType: 'uint40',
                    name: 'closeDelaySeconds',
                    type: 'uint40',
                  },
                  {
                    internalType: 'bytes32',
                    name: 'salt',
                    type: 'bytes32',
                  },
                ],
                internalType: 'struct Terms',
                name: 'terms',
                type: 'tuple',
              },
            ],
            internalType: 'struct Channel',
            name: 'channel',
            type: 'tuple',
          },
          {
            components: [
              {
                internalType: 'SignerId',
                name: 'deviceId',
                type: 'bytes32',
              },
              {
                internalType: 'SignerId',
                name: 'partyId',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'attester',
                type: 'address',
              },
              {
                internalType: 'uint40',
                name: 'validFrom',
                type: 'uint40',
              },
              {
                internalType: 'uint40',
                name: 'validUntil',
                type: 'uint40',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'enum Funding',
                name: 'funding',
                type: 'uint8',
              },
              {
                internalType: 'address',
                name: 'token',
                type: 'address',
              },
              {
                internalType: 'uint96',
                name: 'maxPerPayment',
                type: 'uint96',
              },
              {
                internalType: 'uint96',
                name: 'maxPerPeriod',
                type: 'uint96',
              },
              {
                internalType: 'uint32',
                name: 'periodSeconds',
                type: 'uint32',
              },
              {
                internalType: 'bytes32',
                name: 'approvers',
                type: 'bytes32',
              },
              {
                internalType: 'bytes32',
                name: 'billingRef',
                type: 'bytes32',
              },
              {
                internalType: 'bytes32',
                name: 'freshnessTip',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'previous',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Binding',
            name: 'payerBinding',
            type: 'tuple',
          },
          {
            internalType: 'uint96',
            name: 'amount',
            type: 'uint96',
          },
        ],
        internalType: 'struct Opening[]',
        name: 'openings',
        type: 'tuple[]',
      },
    ],
    name: 'openMany',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            components: [
              {
                internalType: 'SignerId',
                name: 'payer',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'beneficiary',
                type: 'address',
              },
              {
                internalType: 'address',
                name: 'token',
                type: 'address',
              },
              {
                components: [
                  {
                    internalType: 'BindingId',
                    name: 'payerBinding',
                    type: 'bytes32',
                  },
                  {
                    internalType: 'address',
                    name: 'funder',
                    type: 'address',
                  },
                  {
                    internalType: 'SignerId',
                    name: 'payee',
                    type: 'bytes32',
                  },
                  {
                    internalType: 'BindingId',
                    name: 'payeeBinding',
                    type: 'bytes32',
                  },
                  {
                    internalType: 'uint40',
                    name: 'closeDelaySeconds',
                    type: 'uint40',
                  },
                  {
                    internalType: 'bytes32',
                    name: 'salt',
                    type: 'bytes32',
                  },
                ],
                internalType: 'struct Terms',
                name: 'terms',
                type: 'tuple',
              },
            ],
            internalType: 'struct Channel',
            name: 'channel',
            type: 'tuple',
          },
          {
            components: [
              {
                internalType: 'SignerId',
                name: 'deviceId',
                type: 'bytes32',
              },
              {
                internalType: 'SignerId',
                name: 'partyId',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'attester',
                type: 'address',
              },
              {
                internalType: 'uint40',
                name: 'validFrom',
                type: 'uint40',
              },
              {
                internalType: 'uint40',
                name: 'validUntil',
                type: 'uint40',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'enum Funding',
                name: 'funding',
                type: 'uint8',
              },
              {
                internalType: 'address',
                name: 'token',
                type: 'address',
              },
              {
                internalType: 'uint96',
                name: 'maxPerPayment',
                type: 'uint96',
              },
              {
                internalType: 'uint96',
                name: 'maxPerPeriod',
                type: 'uint96',
              },
              {
                internalType: 'uint32',
                name: 'periodSeconds',
                type: 'uint32',
              },
              {
                internalType: 'bytes32',
                name: 'approvers',
                type: 'bytes32',
              },
              {
                internalType: 'bytes32',
                name: 'billingRef',
                type: 'bytes32',
              },
              {
                internalType: 'bytes32',
                name: 'freshnessTip',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'previous',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Binding',
            name: 'payerBinding',
            type: 'tuple',
          },
          {
            internalType: 'uint96',
            name: 'amount',
            type: 'uint96',
          },
        ],
        internalType: 'struct Opening',
        name: 'opening',
        type: 'tuple',
      },
      {
        internalType: 'address',
        name: 'caller',
        type: 'address',
      },
    ],
    name: 'openRowOf',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'uint256',
            name: 'validAfter',
            type: 'uint256',
          },
          {
            internalType: 'uint256',
            name: 'validBefore',
            type: 'uint256',
          },
          {
            internalType: 'uint8',
            name: 'v',
            type: 'uint8',
          },
          {
            internalType: 'bytes32',
            name: 'r',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 's',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Authorization',
        name: 'authorization',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'openWithAuthorization',
    outputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
      {
        internalType: 'uint40',
        name: 'deadline',
        type: 'uint40',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'openWithOrder',
    outputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'uint256',
            name: 'deadline',
            type: 'uint256',
          },
          {
            internalType: 'uint8',
            name: 'v',
            type: 'uint8',
          },
          {
            internalType: 'bytes32',
            name: 'r',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 's',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Permit',
        name: 'permit',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'openWithPermit',
    outputs: [
      {
        internalType: 'ChannelId',
        name: 'channelId',
        type: 'bytes32',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
    ],
    name: 'payoutOf',
    outputs: [
      {
        internalType: 'uint256',
        name: '',
        type: 'uint256',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
    ],
    name: 'requestClose',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        internalType: 'uint40',
        name: 'deadline',
        type: 'uint40',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'requestCloseByFunder',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        internalType: 'uint40',
        name: 'deadline',
        type: 'uint40',
      },
      {
        internalType: 'bytes',
        name: 'partySigner',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'requestCloseByParty',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        internalType: 'uint40',
        name: 'deadline',
        type: 'uint40',
      },
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'r',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'vs',
            type: 'bytes32',
          },
          {
            internalType: 'bytes',
            name: 'signer',
            type: 'bytes',
          },
        ],
        internalType: 'struct DeviceSignature',
        name: 'signature',
        type: 'tuple',
      },
    ],
    name: 'requestCloseByPayer',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
    ],
    name: 'requestCloseOfEndedBinding',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'SignerId',
                name: 'payer',
                type: 'bytes32',
              },
              {
                internalType: 'bytes32',
                name: 'termsHash',
                type: 'bytes32',
              },
              {
                internalType: 'uint96',
                name: 'cumulativeAmount',
                type: 'uint96',
              },
              {
                internalType: 'uint64',
                name: 'version',
                type: 'uint64',
              },
              {
                internalType: 'bytes32',
                name: 'receiptsRoot',
                type: 'bytes32',
              },
              {
                internalType: 'bytes32',
                name: 'r',
                type: 'bytes32',
              },
              {
                internalType: 'bytes32',
                name: 'vs',
                type: 'bytes32',
              },
              {
                internalType: 'bytes',
                name: 'signer',
                type: 'bytes',
              },
            ],
            internalType: 'struct SettleRow[]',
            name: 'rows',
            type: 'tuple[]',
          },
        ],
        internalType: 'struct SettleGroup[]',
        name: 'groups',
        type: 'tuple[]',
      },
    ],
    name: 'settle',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'bytes32',
            name: 'termsHash',
            type: 'bytes32',
          },
        ],
        internalType: 'struct HashedChannel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'r',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'vs',
            type: 'bytes32',
          },
          {
            internalType: 'bytes',
            name: 'signer',
            type: 'bytes',
          },
        ],
        internalType: 'struct DeviceSignature',
        name: 'signature',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'ChannelId',
            name: 'channelId',
            type: 'bytes32',
          },
          {
            internalType: 'uint96',
            name: 'cumulativeAmount',
            type: 'uint96',
          },
          {
            internalType: 'uint64',
            name: 'version',
            type: 'uint64',
          },
          {
            internalType: 'bytes32',
            name: 'receiptsRoot',
            type: 'bytes32',
          },
          {
            internalType: 'uint96',
            name: 'lockedAmount',
            type: 'uint96',
          },
          {
            internalType: 'bytes32',
            name: 'hashlock',
            type: 'bytes32',
          },
          {
            internalType: 'uint40',
            name: 'expiresAt',
            type: 'uint40',
          },
        ],
        internalType: 'struct HashlockVoucher',
        name: 'voucher',
        type: 'tuple',
      },
      {
        internalType: 'bytes32',
        name: 'preimage',
        type: 'bytes32',
      },
    ],
    name: 'settleHashlock',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'bytes32',
            name: 'termsHash',
            type: 'bytes32',
          },
        ],
        internalType: 'struct HashedChannel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'bytes32',
            name: 'r',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'vs',
            type: 'bytes32',
          },
          {
            internalType: 'bytes',
            name: 'signer',
            type: 'bytes',
          },
        ],
        internalType: 'struct DeviceSignature',
        name: 'signature',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'ChannelId',
            name: 'channelId',
            type: 'bytes32',
          },
          {
            internalType: 'uint96',
            name: 'cumulativeAmount',
            type: 'uint96',
          },
          {
            internalType: 'uint64',
            name: 'version',
            type: 'uint64',
          },
          {
            internalType: 'bytes32',
            name: 'receiptsRoot',
            type: 'bytes32',
          },
          {
            internalType: 'uint96',
            name: 'tickAmount',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'tickCount',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'tickRoot',
            type: 'bytes32',
          },
        ],
        internalType: 'struct StreamVoucher',
        name: 'voucher',
        type: 'tuple',
      },
      {
        internalType: 'uint32',
        name: 'ticks',
        type: 'uint32',
      },
      {
        internalType: 'bytes32',
        name: 'preimage',
        type: 'bytes32',
      },
    ],
    name: 'settleStream',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'topUp',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'topUpFromBalance',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'uint256',
            name: 'validAfter',
            type: 'uint256',
          },
          {
            internalType: 'uint256',
            name: 'validBefore',
            type: 'uint256',
          },
          {
            internalType: 'uint8',
            name: 'v',
            type: 'uint8',
          },
          {
            internalType: 'bytes32',
            name: 'r',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 's',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Authorization',
        name: 'authorization',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'topUpWithAuthorization',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
      {
        internalType: 'uint40',
        name: 'deadline',
        type: 'uint40',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'topUpWithOrder',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'payer',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'beneficiary',
            type: 'address',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            components: [
              {
                internalType: 'BindingId',
                name: 'payerBinding',
                type: 'bytes32',
              },
              {
                internalType: 'address',
                name: 'funder',
                type: 'address',
              },
              {
                internalType: 'SignerId',
                name: 'payee',
                type: 'bytes32',
              },
              {
                internalType: 'BindingId',
                name: 'payeeBinding',
                type: 'bytes32',
              },
              {
                internalType: 'uint40',
                name: 'closeDelaySeconds',
                type: 'uint40',
              },
              {
                internalType: 'bytes32',
                name: 'salt',
                type: 'bytes32',
              },
            ],
            internalType: 'struct Terms',
            name: 'terms',
            type: 'tuple',
          },
        ],
        internalType: 'struct Channel',
        name: 'channel',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'deviceId',
            type: 'bytes32',
          },
          {
            internalType: 'SignerId',
            name: 'partyId',
            type: 'bytes32',
          },
          {
            internalType: 'address',
            name: 'attester',
            type: 'address',
          },
          {
            internalType: 'uint40',
            name: 'validFrom',
            type: 'uint40',
          },
          {
            internalType: 'uint40',
            name: 'validUntil',
            type: 'uint40',
          },
          {
            internalType: 'address',
            name: 'funder',
            type: 'address',
          },
          {
            internalType: 'enum Funding',
            name: 'funding',
            type: 'uint8',
          },
          {
            internalType: 'address',
            name: 'token',
            type: 'address',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPayment',
            type: 'uint96',
          },
          {
            internalType: 'uint96',
            name: 'maxPerPeriod',
            type: 'uint96',
          },
          {
            internalType: 'uint32',
            name: 'periodSeconds',
            type: 'uint32',
          },
          {
            internalType: 'bytes32',
            name: 'approvers',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'billingRef',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'freshnessTip',
            type: 'bytes32',
          },
          {
            internalType: 'BindingId',
            name: 'previous',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Binding',
        name: 'payerBinding',
        type: 'tuple',
      },
      {
        components: [
          {
            internalType: 'uint256',
            name: 'deadline',
            type: 'uint256',
          },
          {
            internalType: 'uint8',
            name: 'v',
            type: 'uint8',
          },
          {
            internalType: 'bytes32',
            name: 'r',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 's',
            type: 'bytes32',
          },
        ],
        internalType: 'struct Permit',
        name: 'permit',
        type: 'tuple',
      },
      {
        internalType: 'uint96',
        name: 'amount',
        type: 'uint96',
      },
    ],
    name: 'topUpWithPermit',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
    ],
    name: 'withdraw',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'token',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'amount',
        type: 'uint256',
      },
    ],
    name: 'withdrawBalance',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
] as const

export const ledgerAnchorAbi = [
  {
    inputs: [
      {
        internalType: 'address',
        name: 'p256Verifier_',
        type: 'address',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'constructor',
  },
  {
    inputs: [],
    name: 'InvalidShortString',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'publisher',
        type: 'bytes32',
      },
    ],
    name: 'LedgerAnchor_BadSignature',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'given',
        type: 'address',
      },
    ],
    name: 'LedgerAnchor_NoCode',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'bytes32',
        name: 'root',
        type: 'bytes32',
      },
      {
        internalType: 'uint32',
        name: 'count',
        type: 'uint32',
      },
    ],
    name: 'LedgerAnchor_NoLeaves',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint64',
        name: 'given',
        type: 'uint64',
      },
      {
        internalType: 'uint256',
        name: 'expected',
        type: 'uint256',
      },
    ],
    name: 'LedgerAnchor_WrongEpoch',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'bytes32',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'bytes24',
        name: 'expectedHash',
        type: 'bytes24',
      },
    ],
    name: 'LedgerAnchor_WrongPreviousRoot',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'given',
        type: 'bytes32',
      },
      {
        internalType: 'SignerId',
        name: 'expected',
        type: 'bytes32',
      },
    ],
    name: 'LedgerAnchor_WrongSigner',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'string',
        name: 'str',
        type: 'string',
      },
    ],
    name: 'StringTooLong',
    type: 'error',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'SignerId',
        name: 'publisher',
        type: 'bytes32',
      },
      {
        indexed: true,
        internalType: 'uint64',
        name: 'epoch',
        type: 'uint64',
      },
      {
        indexed: true,
        internalType: 'bytes32',
        name: 'root',
        type: 'bytes32',
      },
      {
        indexed: false,
        internalType: 'uint32',
        name: 'count',
        type: 'uint32',
      },
      {
        indexed: false,
        internalType: 'uint96',
        name: 'total',
        type: 'uint96',
      },
    ],
    name: 'Anchored',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [],
    name: 'EIP712DomainChanged',
    type: 'event',
  },
  {
    inputs: [
      {
        components: [
          {
            internalType: 'SignerId',
            name: 'publisher',
            type: 'bytes32',
          },
          {
            internalType: 'uint64',
            name: 'epoch',
            type: 'uint64',
          },
          {
            internalType: 'bytes32',
            name: 'previousRoot',
            type: 'bytes32',
          },
          {
            internalType: 'bytes32',
            name: 'root',
            type: 'bytes32',
          },
          {
            internalType: 'uint32',
            name: 'count',
            type: 'uint32',
          },
          {
            internalType: 'uint96',
            name: 'total',
            type: 'uint96',
          },
        ],
        internalType: 'struct Anchor',
        name: 'message',
        type: 'tuple',
      },
      {
        internalType: 'bytes',
        name: 'signer',
        type: 'bytes',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'anchor',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'eip712Domain',
    outputs: [
      {
        internalType: 'bytes1',
        name: 'fields',
        type: 'bytes1',
      },
      {
        internalType: 'string',
        name: 'name',
        type: 'string',
      },
      {
        internalType: 'string',
        name: 'version',
        type: 'string',
      },
      {
        internalType: 'uint256',
        name: 'chainId',
        type: 'uint256',
      },
      {
        internalType: 'address',
        name: 'verifyingContract',
        type: 'address',
      },
      {
        internalType: 'bytes32',
        name: 'salt',
        type: 'bytes32',
      },
      {
        internalType: 'uint256[]',
        name: 'extensions',
        type: 'uint256[]',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'publisher',
        type: 'bytes32',
      },
      {
        internalType: 'bytes32',
        name: 'root',
        type: 'bytes32',
      },
    ],
    name: 'isLastRoot',
    outputs: [
      {
        internalType: 'bool',
        name: '',
        type: 'bool',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'SignerId',
        name: 'publisher',
        type: 'bytes32',
      },
    ],
    name: 'lastEpochOf',
    outputs: [
      {
        internalType: 'uint64',
        name: '',
        type: 'uint64',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'p256Verifier',
    outputs: [
      {
        internalType: 'address',
        name: '',
        type: 'address',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
] as const

export const p256Sha256VerifierAbi = [
  {
    inputs: [
      {
        internalType: 'bytes',
        name: 'key',
        type: 'bytes',
      },
      {
        internalType: 'bytes32',
        name: 'digest',
        type: 'bytes32',
      },
      {
        internalType: 'bytes',
        name: 'signature',
        type: 'bytes',
      },
    ],
    name: 'verify',
    outputs: [
      {
        internalType: 'bytes4',
        name: '',
        type: 'bytes4',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
] as const

export const localJpyTokenAbi = [
  {
    inputs: [
      {
        internalType: 'address',
        name: 'minter',
        type: 'address',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'constructor',
  },
  {
    inputs: [],
    name: 'ECDSAInvalidSignature',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint256',
        name: 'length',
        type: 'uint256',
      },
    ],
    name: 'ECDSAInvalidSignatureLength',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'bytes32',
        name: 's',
        type: 'bytes32',
      },
    ],
    name: 'ECDSAInvalidSignatureS',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'spender',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'allowance',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'needed',
        type: 'uint256',
      },
    ],
    name: 'ERC20InsufficientAllowance',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'sender',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'balance',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'needed',
        type: 'uint256',
      },
    ],
    name: 'ERC20InsufficientBalance',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'approver',
        type: 'address',
      },
    ],
    name: 'ERC20InvalidApprover',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'receiver',
        type: 'address',
      },
    ],
    name: 'ERC20InvalidReceiver',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'sender',
        type: 'address',
      },
    ],
    name: 'ERC20InvalidSender',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'spender',
        type: 'address',
      },
    ],
    name: 'ERC20InvalidSpender',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint256',
        name: 'deadline',
        type: 'uint256',
      },
    ],
    name: 'ERC2612ExpiredSignature',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'signer',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'owner',
        type: 'address',
      },
    ],
    name: 'ERC2612InvalidSigner',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint256',
        name: 'validAfter',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'validBefore',
        type: 'uint256',
      },
    ],
    name: 'ERC3009InvalidAuthorizationTime',
    type: 'error',
  },
  {
    inputs: [],
    name: 'ERC3009InvalidSignature',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'authorizer',
        type: 'address',
      },
      {
        internalType: 'bytes32',
        name: 'nonce',
        type: 'bytes32',
      },
    ],
    name: 'ERC3009UsedAuthorization',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'currentNonce',
        type: 'uint256',
      },
    ],
    name: 'InvalidAccountNonce',
    type: 'error',
  },
  {
    inputs: [],
    name: 'InvalidShortString',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'owner',
        type: 'address',
      },
    ],
    name: 'OwnableInvalidOwner',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
    ],
    name: 'OwnableUnauthorizedAccount',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'uint8',
        name: 'bits',
        type: 'uint8',
      },
      {
        internalType: 'uint256',
        name: 'value',
        type: 'uint256',
      },
    ],
    name: 'SafeCastOverflowedUintDowncast',
    type: 'error',
  },
  {
    inputs: [
      {
        internalType: 'string',
        name: 'str',
        type: 'string',
      },
    ],
    name: 'StringTooLong',
    type: 'error',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'owner',
        type: 'address',
      },
      {
        indexed: true,
        internalType: 'address',
        name: 'spender',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'uint256',
        name: 'value',
        type: 'uint256',
      },
    ],
    name: 'Approval',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'authorizer',
        type: 'address',
      },
      {
        indexed: true,
        internalType: 'bytes32',
        name: 'nonce',
        type: 'bytes32',
      },
    ],
    name: 'AuthorizationCanceled',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'authorizer',
        type: 'address',
      },
      {
        indexed: true,
        internalType: 'bytes32',
        name: 'nonce',
        type: 'bytes32',
      },
    ],
    name: 'AuthorizationUsed',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [],
    name: 'EIP712DomainChanged',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'previousOwner',
        type: 'address',
      },
      {
        indexed: true,
        internalType: 'address',
        name: 'newOwner',
        type: 'address',
      },
    ],
    name: 'OwnershipTransferred',
    type: 'event',
  },
  {
    anonymous: false,
    inputs: [
      {
        indexed: true,
        internalType: 'address',
        name: 'from',
        type: 'address',
      },
      {
        indexed: true,
        internalType: 'address',
        name: 'to',
        type: 'address',
      },
      {
        indexed: false,
        internalType: 'uint256',
        name: 'value',
        type: 'uint256',
      },
    ],
    name: 'Transfer',
    type: 'event',
  },
  {
    inputs: [],
    name: 'DOMAIN_SEPARATOR',
    outputs: [
      {
        internalType: 'bytes32',
        name: '',
        type: 'bytes32',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'owner',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'spender',
        type: 'address',
      },
    ],
    name: 'allowance',
    outputs: [
      {
        internalType: 'uint256',
        name: '',
        type: 'uint256',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'spender',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'value',
        type: 'uint256',
      },
    ],
    name: 'approve',
    outputs: [
      {
        internalType: 'bool',
        name: '',
        type: 'bool',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'authorizer',
        type: 'address',
      },
      {
        internalType: 'bytes32',
        name: 'nonce',
        type: 'bytes32',
      },
    ],
    name: 'authorizationState',
    outputs: [
      {
        internalType: 'bool',
        name: '',
        type: 'bool',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'account',
        type: 'address',
      },
    ],
    name: 'balanceOf',
    outputs: [
      {
        internalType: 'uint256',
        name: '',
        type: 'uint256',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'authorizer',
        type: 'address',
      },
      {
        internalType: 'bytes32',
        name: 'nonce',
        type: 'bytes32',
      },
      {
        internalType: 'uint8',
        name: 'v',
        type: 'uint8',
      },
      {
        internalType: 'bytes32',
        name: 'r',
        type: 'bytes32',
      },
      {
        internalType: 'bytes32',
        name: 's',
        type: 'bytes32',
      },
    ],
    name: 'cancelAuthorization',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'decimals',
    outputs: [
      {
        internalType: 'uint8',
        name: '',
        type: 'uint8',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'eip712Domain',
    outputs: [
      {
        internalType: 'bytes1',
        name: 'fields',
        type: 'bytes1',
      },
      {
        internalType: 'string',
        name: 'name',
        type: 'string',
      },
      {
        internalType: 'string',
        name: 'version',
        type: 'string',
      },
      {
        internalType: 'uint256',
        name: 'chainId',
        type: 'uint256',
      },
      {
        internalType: 'address',
        name: 'verifyingContract',
        type: 'address',
      },
      {
        internalType: 'bytes32',
        name: 'salt',
        type: 'bytes32',
      },
      {
        internalType: 'uint256[]',
        name: 'extensions',
        type: 'uint256[]',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'to',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'amount',
        type: 'uint256',
      },
    ],
    name: 'mint',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'name',
    outputs: [
      {
        internalType: 'string',
        name: '',
        type: 'string',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'owner',
        type: 'address',
      },
    ],
    name: 'nonces',
    outputs: [
      {
        internalType: 'uint256',
        name: '',
        type: 'uint256',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'owner',
    outputs: [
      {
        internalType: 'address',
        name: '',
        type: 'address',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'owner',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'spender',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'value',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'deadline',
        type: 'uint256',
      },
      {
        internalType: 'uint8',
        name: 'v',
        type: 'uint8',
      },
      {
        internalType: 'bytes32',
        name: 'r',
        type: 'bytes32',
      },
      {
        internalType: 'bytes32',
        name: 's',
        type: 'bytes32',
      },
    ],
    name: 'permit',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'from',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'to',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'value',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'validAfter',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'validBefore',
        type: 'uint256',
      },
      {
        internalType: 'bytes32',
        name: 'nonce',
        type: 'bytes32',
      },
      {
        internalType: 'uint8',
        name: 'v',
        type: 'uint8',
      },
      {
        internalType: 'bytes32',
        name: 'r',
        type: 'bytes32',
      },
      {
        internalType: 'bytes32',
        name: 's',
        type: 'bytes32',
      },
    ],
    name: 'receiveWithAuthorization',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'renounceOwnership',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [],
    name: 'symbol',
    outputs: [
      {
        internalType: 'string',
        name: '',
        type: 'string',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [],
    name: 'totalSupply',
    outputs: [
      {
        internalType: 'uint256',
        name: '',
        type: 'uint256',
      },
    ],
    stateMutability: 'view',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'to',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'value',
        type: 'uint256',
      },
    ],
    name: 'transfer',
    outputs: [
      {
        internalType: 'bool',
        name: '',
        type: 'bool',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'from',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'to',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'value',
        type: 'uint256',
      },
    ],
    name: 'transferFrom',
    outputs: [
      {
        internalType: 'bool',
        name: '',
        type: 'bool',
      },
    ],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'newOwner',
        type: 'address',
      },
    ],
    name: 'transferOwnership',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
  {
    inputs: [
      {
        internalType: 'address',
        name: 'from',
        type: 'address',
      },
      {
        internalType: 'address',
        name: 'to',
        type: 'address',
      },
      {
        internalType: 'uint256',
        name: 'value',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'validAfter',
        type: 'uint256',
      },
      {
        internalType: 'uint256',
        name: 'validBefore',
        type: 'uint256',
      },
      {
        internalType: 'bytes32',
        name: 'nonce',
        type: 'bytes32',
      },
      {
        internalType: 'uint8',
        name: 'v',
        type: 'uint8',
      },
      {
        internalType: 'bytes32',
        name: 'r',
        type: 'bytes32',
      },
      {
        internalType: 'bytes32',
        name: 's',
        type: 'bytes32',
      },
    ],
    name: 'transferWithAuthorization',
    outputs: [],
    stateMutability: 'nonpayable',
    type: 'function',
  },
] as const
