// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {Channel, ChannelType, Terms} from "../types/Channel.sol";
import {ChannelSlot, ChannelState, ChannelWord} from "../types/ChannelState.sol";
import {ChannelId, SignerId} from "../types/Ids.sol";

/// @notice Channel ids and the one slot that is kept of each channel.
abstract contract Channels is IChannelEscrow, EIP712 {
    using ChannelType for Terms;

    mapping(ChannelId channelId => ChannelSlot slot) internal _channels;

    /// @inheritdoc IChannelEscrow
    function channelOf(ChannelId channelId) external view returns (ChannelState memory) {
        return _channels[channelId].word.unpack();
    }

    function _openSlotOf(ChannelId channelId) internal view returns (ChannelSlot storage slot, ChannelWord word) {
        slot = _channels[channelId];
        word = slot.word;
        if (!word.isOpen()) revert ChannelEscrow_NotOpen(channelId, word.status());
    }

    function _idOf(Channel calldata channel) internal view returns (ChannelId) {
        bytes32 termsHash = channel.terms.termsHash();
        return _idOf(_domainSeparatorV4(), channel.payer, channel.beneficiary, channel.token, termsHash);
    }

    /// @dev Takes the domain's separator, which a batch works out once.
    function _idOf(
        bytes32 domain,
        SignerId payer,
        address beneficiary,
        address token,
        bytes32 termsHash
    ) internal pure returns (ChannelId) {
        return ChannelId.wrap(ChannelType.digest(domain, payer, beneficiary, token, termsHash));
    }
}
