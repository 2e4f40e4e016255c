// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Channel, HashedChannel} from "../../../contracts/types/Channel.sol";
import {ChannelState, ChannelStatus} from "../../../contracts/types/ChannelState.sol";
import {HashlockVoucher} from "../../../contracts/types/HashlockVoucher.sol";
import {ChannelId} from "../../../contracts/types/Ids.sol";
import {StreamVoucher} from "../../../contracts/types/StreamVoucher.sol";
import {DeviceSignature} from "../../../contracts/types/DeviceSignature.sol";
import {Settlings} from "./Settlings.sol";

/// @notice Streams and hash locks, revealed, revealed too far, and too late; and a payee that follows the rules: it serves
/// within the deposit while no close is pending, and settles as soon as it sees one.
abstract contract Reveals is Settlings {
    uint256 private constant TICKS_MAX = 12;
    uint256 private constant REVEALED_MAX = 300 ether;

    /// @notice The largest total that a payee has served for, by the rules.
    mapping(ChannelId channelId => uint256 amount) public served;
    /// @notice Channels that closed after their delay, and not on the payee's word.
    mapping(ChannelId channelId => bool finalized) public finalizedAlone;

    function settleStream(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        uint32 count = uint32(_between(seed, 1, TICKS_MAX));
        uint32 ticks = uint32(_between(amount, 0, count + 1));
        bytes32 secret = keccak256(abi.encode(seed));
        uint96 base = uint96(_between(amount, 0, _settled(seed)));
        uint96 tick = uint96(_between(seed ^ amount, 1, REVEALED_MAX / TICKS_MAX));
        ChannelId channelId = _channelId(seed);
        StreamVoucher memory voucher = StreamVoucher(channelId, base, 1, 0, tick, count, _hashed(secret, count));
        DeviceSignature memory signature = _payerOf(seed).signature(ESCROW_MESSAGES.streamVoucherDigest(voucher));
        // One tick more than there are is the secret's own pre-image, which nobody has.
        bytes32 preimage = ticks > count ? secret : _hashed(secret, count - ticks);
        if (ticks <= count) _authorise(channelId, base + uint256(ticks) * tick);
        try ESCROW.settleStream(_hashedChannel(seed), signature, voucher, ticks, preimage) {
            ++done["settleStream"];
        } catch {
            ++done["refused"];
        }
    }

    function settleHashlock(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        bytes32 secret = keccak256(abi.encode(seed));
        uint40 expiresAt = uint40(block.timestamp + _between(amount, 0, 1));
        bool revealed = seed % 4 != 0;
        uint96 locked = uint96(_between(amount, 1, REVEALED_MAX));
        ChannelId channelId = _channelId(seed);
        HashlockVoucher memory voucher = HashlockVoucher(
            channelId,
            _settled(seed),
            1,
            0,
            locked,
            _hashed(secret, 1),
            expiresAt
        );
        DeviceSignature memory signature = _payerOf(seed).signature(ESCROW_MESSAGES.hashlockVoucherDigest(voucher));
        if (revealed && block.timestamp < expiresAt) _authorise(channelId, uint256(voucher.cumulativeAmount) + locked);
        bytes32 preimage = revealed ? secret : _hashed(secret, 1);
        try ESCROW.settleHashlock(_hashedChannel(seed), signature, voucher, preimage) {
            ++done["settleHashlock"];
        } catch {
            ++done["refused"];
        }
    }

    /// @notice A payee takes a voucher, serves for it, and keeps it.
    function serve(uint256 seed, uint256 amount) external observed {
        if (_channels.length == 0) return;
        ChannelId channelId = _channelId(seed);
        ChannelState memory state = ESCROW.channelOf(channelId);
        if (state.status != ChannelStatus.OPEN || state.closeAt != 0) return;
        uint256 total = _between(amount, state.settled, state.deposit);
        _authorise(channelId, total);
        if (total > served[channelId]) served[channelId] = total;
        ++done["serve"];
    }

    /// @dev Between two actions, and so before any time passes, a payee that served settles what a pending close threatens.
    function _observe() internal override {
        for (uint256 i = 0; i < _channels.length; ++i) {
            ChannelId channelId = _channelIds[i];
            ChannelState memory state = ESCROW.channelOf(channelId);
            bool threatened = state.status == ChannelStatus.OPEN && state.closeAt != 0;
            if (threatened && served[channelId] > state.settled) _settleServed(i, served[channelId]);
        }
        super._observe();
    }

    function _hashedChannel(uint256 seed) private view returns (HashedChannel memory) {
        Channel memory channel = _channel(seed);
        return HashedChannel(channel.payer, channel.beneficiary, channel.token, termsHashOf(channel.terms));
    }

    function _hashed(bytes32 secret, uint256 times) private pure returns (bytes32 result) {
        result = secret;
        for (uint256 i = 0; i < times; ++i) result = sha256(abi.encode(result));
    }
}
