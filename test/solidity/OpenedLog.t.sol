// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IChannelEscrowEvents} from "../../contracts/interfaces/IChannelEscrowEvents.sol";
import {OpenedLog} from "../../contracts/libraries/OpenedLog.sol";
import {Channel, Terms} from "../../contracts/types/Channel.sol";
import {DepositSource} from "../../contracts/types/DepositSource.sol";
import {BindingId, ChannelId, SignerId} from "../../contracts/types/Ids.sol";
import {Check} from "./helpers/Check.sol";
import {IVm, VM} from "./helpers/Vm.sol";

/// @notice The event that is written by hand is the one that `emit` writes, to the last byte.
contract OpenedLogTest is IChannelEscrowEvents {
    /// @dev As {Channel}, without the types that the test engine does not make up.
    struct Fields {
        bytes32 payer;
        address beneficiary;
        address token;
        bytes32 payerBinding;
        address funder;
        bytes32 payee;
        bytes32 payeeBinding;
        uint40 closeDelaySeconds;
        bytes32 salt;
    }

    function testFuzz_theLogIsTheOneThatEmitWrites(
        bytes32 channelId,
        Fields memory fields,
        uint96 deposit,
        uint8 source
    ) public {
        _compare(channelId, fields, deposit, DepositSource(source % 3));
    }

    function test_everyBitOfEveryFieldIsWritten() public {
        bytes32 ones = bytes32(type(uint256).max);
        address allOnes = address(type(uint160).max);
        Fields memory fields = Fields(ones, allOnes, allOnes, ones, allOnes, ones, ones, type(uint40).max, ones);
        _compare(ones, fields, type(uint96).max, DepositSource.AUTHORIZATION);
        Fields memory none;
        _compare(bytes32(0), none, 0, DepositSource.ALLOWANCE);
    }

    /// @dev Memory that was written before is not taken for what the event is to hold, and what is kept there stays.
    function write(
        ChannelId channelId,
        Channel calldata channel,
        uint96 deposit,
        DepositSource source
    ) external returns (bytes memory kept) {
        kept = "kept";
        // Why assembly: only there the memory that comes next can be made dirty without being taken.
        assembly ("memory-safe") {
            let at := mload(0x40)
            let end := add(at, 0x200)
            for {} lt(at, end) {
                at := add(at, 0x20)
            } {
                mstore(at, not(0))
            }
        }
        OpenedLog.write(channelId, channel, deposit, source);
    }

    function emitPlainly(ChannelId channelId, Channel calldata channel, uint96 deposit, DepositSource source) external {
        emit ChannelOpened(channelId, channel, deposit, source);
    }

    function _compare(bytes32 id, Fields memory fields, uint96 deposit, DepositSource source) private {
        ChannelId channelId = ChannelId.wrap(id);
        Channel memory channel = _channel(fields);
        VM.recordLogs();
        bytes memory kept = this.write(channelId, channel, deposit, source);
        this.emitPlainly(channelId, channel, deposit, source);
        Check.equal(keccak256(kept), keccak256("kept"), "memory");
        _requireAlike();
    }

    function _requireAlike() private {
        IVm.Log[] memory logs = VM.getRecordedLogs();
        Check.equal(logs.length, 2, "logs");
        Check.equal(logs[0].topics.length, 2, "topics");
        Check.equal(logs[1].topics.length, 2, "topics of emit");
        for (uint256 i = 0; i < 2; ++i) Check.equal(logs[0].topics[i], logs[1].topics[i], "topic");
        Check.equal(logs[0].data.length, logs[1].data.length, "length");
        Check.equal(keccak256(logs[0].data), keccak256(logs[1].data), "data");
    }

    function _channel(Fields memory fields) private pure returns (Channel memory) {
        Terms memory terms = Terms({
            payerBinding: BindingId.wrap(fields.payerBinding),
            funder: fields.funder,
            payee: SignerId.wrap(fields.payee),
            payeeBinding: BindingId.wrap(fields.payeeBinding),
            closeDelaySeconds: fields.closeDelaySeconds,
            salt: fields.salt
        });
        return Channel(SignerId.wrap(fields.payer), fields.beneficiary, fields.token, terms);
    }
}
