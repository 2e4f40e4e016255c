// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {ChannelEscrow} from "../../../contracts/ChannelEscrow.sol";
import {EscrowMessages} from "../../../contracts/EscrowMessages.sol";
import {IdentityRegistry} from "../../../contracts/IdentityRegistry.sol";
import {RegistryMessages} from "../../../contracts/RegistryMessages.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {LocalJpyToken} from "../../../contracts/settlement-token/LocalJpyToken.sol";
import {Binding, BindingType, Funding} from "../../../contracts/types/Binding.sol";
import {Channel, Terms} from "../../../contracts/types/Channel.sol";
import {BindingSignatures} from "../../../contracts/types/BindingSignatures.sol";
import {BindingId} from "../../../contracts/types/Ids.sol";
import {P256Sha256Verifier} from "../../../contracts/verifiers/P256Sha256Verifier.sol";
import {Device, Devices} from "./Devices.sol";
import {VM} from "./Vm.sol";

/// @notice Everything deployed; three payers (the last with a P-256 key), two payees, two funders and two tokens.
abstract contract World {
    uint40 internal constant START = 1_800_000_000;
    uint40 internal constant FLOOR = 1 hours;
    uint256 internal constant PAYERS = 3;
    uint256 internal constant PAYEES = 2;
    uint96 internal constant CEILING = 1_000 ether;
    uint32 internal constant PERIOD = 10 days;

    IdentityRegistry public immutable REGISTRY;
    RegistryMessages public immutable MESSAGES;
    ChannelEscrow public immutable ESCROW;
    EscrowMessages public immutable ESCROW_MESSAGES;
    address[2] public tokens;
    address[2] public funders;
    address[3] public beneficiaries = [address(0xBE01), address(0xBE02), address(0xBE03)];

    Device internal _attester = Devices.secp256k1(1);
    /// @dev The keys of {funders}.
    Device[2] internal _funderKeys = [Devices.secp256k1(4), Devices.secp256k1(5)];
    Device internal _party = Devices.secp256k1(2);
    /// @dev Whom devices are sold to, and from.
    Device internal _otherParty = Devices.secp256k1(3);
    /// @dev Payers first, then payees.
    Device[] internal _devices;
    /// @dev The newest binding of each device.
    Binding[] internal _heads;
    /// @dev Every binding there ever was.
    BindingId[] internal _bindingIds;
    mapping(BindingId bindingId => Binding binding) internal _bindings;
    bytes32 internal immutable REGISTRY_DOMAIN;

    constructor() {
        VM.warp(START);
        for (uint256 i = 0; i < funders.length; ++i) funders[i] = _funderKeys[i].account();
        P256Sha256Verifier verifier = new P256Sha256Verifier();
        REGISTRY = new IdentityRegistry(address(new AccessManager(address(this))), address(verifier));
        MESSAGES = new RegistryMessages(REGISTRY);
        ESCROW = new ChannelEscrow(REGISTRY, FLOOR);
        ESCROW_MESSAGES = new EscrowMessages(ESCROW);
        (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address registry,
            bytes32 salt,

        ) = REGISTRY.eip712Domain();
        REGISTRY_DOMAIN = MessageHashUtils.toDomainSeparator(fields, name, version, chainId, registry, salt);
        REGISTRY.registerEscrow(address(ESCROW));
        REGISTRY.accredit(_attester.account());
        for (uint256 i = 0; i < tokens.length; ++i) tokens[i] = address(new LocalJpyToken(address(this)));

        for (uint256 i = 0; i < PAYERS + PAYEES; ++i) {
            bool last = i == PAYERS - 1 || i == PAYERS + PAYEES - 1;
            _devices.push(last ? Devices.p256(100 + i, address(verifier)) : Devices.secp256k1(100 + i));
            _heads.push(_newBinding(i, BindingId.wrap(0)));
            Device memory device = _devices[i];
            REGISTRY.bind(_heads[i], _signatures(device, _heads[i]), device.signer, _party.signer);
            _remember(_heads[i]);
        }
    }

    function bindingCount() external view returns (uint256) {
        return _bindingIds.length;
    }

    function _remember(Binding memory binding) internal returns (BindingId bindingId) {
        bindingId = _idOf(binding);
        _bindings[bindingId] = binding;
        _bindingIds.push(bindingId);
    }

    function _newBinding(uint256 device, BindingId previous) internal view returns (Binding memory) {
        return
            Binding({
                deviceId: _devices[device].id,
                partyId: device < _heads.length ? _heads[device].partyId : _party.id,
                attester: _attester.account(),
                validFrom: uint40(block.timestamp),
                validUntil: uint40(block.timestamp) + 60 days,
                funder: funders[device % funders.length],
                funding: Funding.CREDIT,
                token: tokens[device % tokens.length],
                maxPerPayment: 1 ether,
                maxPerPeriod: CEILING,
                periodSeconds: PERIOD,
                approvers: 0,
                billingRef: bytes32(_bindingIds.length),
                freshnessTip: 0,
                previous: previous
            });
    }

    function _signatures(
        Device memory device,
        Binding memory binding
    ) internal view returns (BindingSignatures memory) {
        bytes32 digest = MESSAGES.bindingDigest(binding);
        return BindingSignatures(device.sign(digest), _partyOf(binding).sign(digest), _attester.sign(digest));
    }

    function _newChannel(
        uint256 payer,
        uint256 payee,
        address beneficiary,
        uint256 salt
    ) internal view returns (Channel memory) {
        Binding memory payerBinding = _heads[payer];
        return
            Channel({
                payer: payerBinding.deviceId,
                beneficiary: beneficiary,
                token: payerBinding.token,
                terms: Terms({
                    payerBinding: REGISTRY.headOf(payerBinding.deviceId),
                    funder: payerBinding.funder,
                    payee: _devices[PAYERS + payee].id,
                    payeeBinding: REGISTRY.headOf(_devices[PAYERS + payee].id),
                    closeDelaySeconds: FLOOR,
                    salt: bytes32(salt)
                })
            });
    }

    function _partyOf(Binding memory binding) internal view returns (Device memory) {
        return binding.partyId == _party.id ? _party : _otherParty;
    }

    function _idOf(Binding memory binding) internal pure returns (BindingId) {
        return BindingId.wrap(keccak256(abi.encode(BindingType.TYPEHASH, binding)));
    }

    /// @dev A number between the two, each as likely as the other.
    function _between(uint256 seed, uint256 least, uint256 most) internal pure returns (uint256) {
        return least + (uint256(keccak256(abi.encode(seed))) % (most - least + 1));
    }
}
