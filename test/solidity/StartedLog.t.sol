// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IIdentityRegistryEvents} from "../../contracts/interfaces/IIdentityRegistryEvents.sol";
import {StartedLog} from "../../contracts/libraries/StartedLog.sol";
import {Binding, Funding} from "../../contracts/types/Binding.sol";
import {BindingId, SignerId} from "../../contracts/types/Ids.sol";
import {Check} from "./helpers/Check.sol";
import {IVm, VM} from "./helpers/Vm.sol";

/// @notice The event that is written by hand is the one that `emit` writes, to the last byte, for signers of any length.
contract StartedLogTest is IIdentityRegistryEvents {
    uint256 private constant SIGNER_BYTES_MAX = 200;

    /// @dev As {Binding}; any number is a funding here, since the test engine knows nothing of enums.
    struct Fields {
        bytes32 deviceId;
        bytes32 partyId;
        address attester;
        uint40 validFrom;
        uint40 validUntil;
        address funder;
        uint8 funding;
        address token;
        uint96 maxPerPayment;
        uint96 maxPerPeriod;
        uint32 periodSeconds;
        bytes32 approvers;
        bytes32 billingRef;
        bytes32 freshnessTip;
        bytes32 previous;
    }

    function testFuzz_theLogIsTheOneThatEmitWrites(
        bytes32 bindingId,
        Fields memory fields,
        uint40 startedAt,
        bytes32 seed,
        uint8 length
    ) public {
        bytes memory signer = _signer(seed, (length % SIGNER_BYTES_MAX) + 1);
        Binding memory binding = _binding(fields);
        VM.recordLogs();
        this.write(BindingId.wrap(bindingId), binding, startedAt, signer, address(0));
        this.emitPlainly(BindingId.wrap(bindingId), binding, startedAt, signer);
        _requireAlike();
    }

    function test_aSignerOfEveryLengthIsPadded() public {
        Fields memory fields;
        fields.deviceId = keccak256("device");
        for (uint256 length = 1; length <= SIGNER_BYTES_MAX; ++length) {
            bytes memory signer = _signer(keccak256("signer"), length);
            VM.recordLogs();
            this.write(BindingId.wrap(keccak256("id")), _binding(fields), 7, signer, address(0));
            this.emitPlainly(BindingId.wrap(keccak256("id")), _binding(fields), 7, signer);
            _requireAlike();
        }
    }

    function testFuzz_aSignerThatWasLeftOutIsTheRecoveredOne(Fields memory fields, address recovered) public {
        Binding memory binding = _binding(fields);
        VM.recordLogs();
        this.write(BindingId.wrap(keccak256("id")), binding, 7, "", recovered);
        this.emitPlainly(BindingId.wrap(keccak256("id")), binding, 7, abi.encodePacked(recovered));
        _requireAlike();
    }

    /// @dev Memory behind the free pointer may hold anything: here it holds ones, where the event's padding will lie.
    function write(
        BindingId bindingId,
        Binding calldata binding,
        uint40 startedAt,
        bytes calldata signer,
        address recovered
    ) external {
        assembly ("memory-safe") {
            let free := mload(0x40)
            for {
                let at := free
            } lt(at, add(free, 0x400)) {
                at := add(at, 0x20)
            } {
                mstore(at, not(0))
            }
        }
        StartedLog.write(bindingId, binding, startedAt, signer, recovered);
    }

    function emitPlainly(
        BindingId bindingId,
        Binding calldata binding,
        uint40 startedAt,
        bytes calldata signer
    ) external {
        emit BindingStarted(bindingId, binding.deviceId, binding.partyId, binding, startedAt, signer);
    }

    function _requireAlike() private {
        IVm.Log[] memory logs = VM.getRecordedLogs();
        Check.equal(logs.length, 2, "logs");
        Check.equal(logs[0].topics.length, 4, "topics");
        for (uint256 i = 0; i < 4; ++i) Check.equal(logs[0].topics[i], logs[1].topics[i], "topic");
        Check.equal(logs[0].data.length, logs[1].data.length, "length");
        Check.equal(keccak256(logs[0].data), keccak256(logs[1].data), "data");
    }

    function _signer(bytes32 seed, uint256 length) private pure returns (bytes memory signer) {
        signer = new bytes(length);
        for (uint256 i = 0; i < length; ++i) signer[i] = keccak256(abi.encode(seed, i))[0];
    }

    function _binding(Fields memory fields) private pure returns (Binding memory) {
        return
            Binding({
                deviceId: SignerId.wrap(fields.deviceId),
                partyId: SignerId.wrap(fields.partyId),
                attester: fields.attester,
                validFrom: fields.validFrom,
                validUntil: fields.validUntil,
                funder: fields.funder,
                funding: Funding(fields.funding % 4),
                token: fields.token,
                maxPerPayment: fields.maxPerPayment,
                maxPerPeriod: fields.maxPerPeriod,
                periodSeconds: fields.periodSeconds,
                approvers: fields.approvers,
                billingRef: fields.billingRef,
                freshnessTip: fields.freshnessTip,
                previous: BindingId.wrap(fields.previous)
            });
    }
}
