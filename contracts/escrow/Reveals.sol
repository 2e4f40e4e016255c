// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {TickChain} from "../libraries/TickChain.sol";
import {Totals} from "../libraries/Totals.sol";
import {HashedChannel} from "../types/Channel.sol";
import {ChannelSlot, ChannelWord} from "../types/ChannelState.sol";
import {DeviceSignature} from "../types/DeviceSignature.sol";
import {HashlockVoucher, HashlockVoucherType} from "../types/HashlockVoucher.sol";
import {ChannelId} from "../types/Ids.sol";
import {SettledTotalsLib} from "../types/Settlement.sol";
import {StreamVoucher, StreamVoucherType} from "../types/StreamVoucher.sol";
import {Settlements} from "./Settlements.sol";

/// @notice Settling promises whose total grows when a secret is revealed. What counts is again the largest single total: a
/// stream or a lock is never added to what other vouchers promise.
/// @dev Why memory where the rest reads calldata: a reader of a narrow calldata field that has two callers is not inlined,
/// and the rows of {settle} would pay for it, 115 gas each.
abstract contract Reveals is Settlements {
    /// @inheritdoc IChannelEscrow
    function settleStream(
        HashedChannel memory channel,
        DeviceSignature calldata signature,
        StreamVoucher memory voucher,
        uint32 ticks,
        bytes32 preimage
    ) external {
        // Check: revealed that far.
        if (ticks > voucher.tickCount) revert ChannelEscrow_TooManyTicks(ticks, voucher.tickCount);
        _requireHash(TickChain.root(preimage, ticks), voucher.tickRoot);

        bytes32 structHash = StreamVoucherType.structHash(voucher);
        uint256 total = Totals.streamed(voucher.cumulativeAmount, ticks, voucher.tickAmount);
        Revealed memory revealed = Revealed(
            voucher.channelId,
            structHash,
            total,
            voucher.version,
            voucher.receiptsRoot
        );
        _settleRevealed(channel, revealed, signature);
    }

    /// @inheritdoc IChannelEscrow
    function settleHashlock(
        HashedChannel memory channel,
        DeviceSignature calldata signature,
        HashlockVoucher memory voucher,
        bytes32 preimage
    ) external {
        // Check: in time, and revealed.
        if (block.timestamp >= voucher.expiresAt) revert ChannelEscrow_LockExpired(voucher.expiresAt, block.timestamp);
        _requireHash(TickChain.root(preimage, 1), voucher.hashlock);

        bytes32 structHash = HashlockVoucherType.structHash(voucher);
        uint256 total = Totals.unlocked(voucher.cumulativeAmount, voucher.lockedAmount);
        Revealed memory revealed = Revealed(
            voucher.channelId,
            structHash,
            total,
            voucher.version,
            voucher.receiptsRoot
        );
        _settleRevealed(channel, revealed, signature);
    }

    /// @dev A promise together with what was revealed of it.
    struct Revealed {
        ChannelId channelId;
        bytes32 structHash;
        uint256 total;
        uint64 version;
        bytes32 receiptsRoot;
    }

    function _settleRevealed(
        HashedChannel memory channel,
        Revealed memory revealed,
        DeviceSignature calldata signature
    ) private {
        // Check: of this channel, open, more than what is settled, and signed by the payer.
        bytes32 domain = _domainSeparatorV4();
        ChannelId channelId = _idOf(domain, channel.payer, channel.beneficiary, channel.token, channel.termsHash);
        if (revealed.channelId != channelId) revert ChannelEscrow_WrongChannel(revealed.channelId, channelId);
        (ChannelSlot storage slot, ChannelWord word) = _openSlotOf(channelId);
        uint256 promised = revealed.total;
        if (promised > type(uint96).max) revert ChannelEscrow_TotalTooLarge(channelId, promised, type(uint96).max);
        uint256 total = Totals.covered(promised, word.deposit());
        uint96 settled = word.settled();
        if (total <= settled) {
            revert ChannelEscrow_NothingToSettle(channelId, uint96(promised), settled, word.deposit());
        }
        _requireDevice(channel.payer, _hashTypedDataV4(revealed.structHash), signature);

        // Effect
        uint256 paid = total - settled;
        slot.word = word.settledMore(paid);
        _addPayout(channel.beneficiary, channel.token, paid);
        emit VoucherSettled(channelId, SettledTotalsLib.pack(total, promised, revealed.version), revealed.receiptsRoot);
    }

    function _requireHash(bytes32 given, bytes32 expected) private pure {
        if (given != expected) revert ChannelEscrow_WrongPreimage(given, expected);
    }
}
