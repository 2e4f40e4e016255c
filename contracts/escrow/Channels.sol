// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IChannelEscrow} from "../interfaces/IChannelEscrow.sol";
import {Channel, ChannelType, Terms} from "../types/Channel.sol";
import {ChannelState, ChannelStatus, ChannelWord, ChannelWords} from "../types/ChannelState.sol";
import {ChannelId, SignerId} from "../types/Ids.sol";

/// @notice Channel ids and the one slot that is kept of each channel.
abstract contract Channels is IChannelEscrow, EIP712 {
    using ChannelType for Terms;
    using ChannelWords for ChannelState;
    using ChannelWords for ChannelWord;

    mapping(ChannelId channelId => ChannelWord word) private _channels;

    /// @inheritdoc IChannelEscrow
    function channelOf(ChannelId channelId) external view returns (ChannelState memory) {
        return _stateOf(channelId);
    }

    /// @inheritdoc IChannelEscrow
    function channelIdOf(Channel calldata channel) external view returns (ChannelId) {
        return _idOf(channel);
    }

    function _stateOf(ChannelId channelId) internal view returns (ChannelState memory) {
        return _channels[channelId].unpack();
    }

    function _store(ChannelId channelId, ChannelState memory state) internal {
        _channels[channelId] = state.pack();
    }

    function _openStateOf(ChannelId channelId) internal view returns (ChannelState memory state) {
        state = _stateOf(channelId);
        if (state.status != ChannelStatus.OPEN) revert ChannelEscrow_NotOpen(channelId, state.status);
    }

    function _idOf(Channel calldata channel) internal view returns (ChannelId) {
        return _idOf(channel.payer, channel.beneficiary, channel.token, channel.terms.termsHash());
    }

    function _idOf(
        SignerId payer,
        address beneficiary,
        address token,
        bytes32 termsHash
    ) internal view returns (ChannelId) {
        return ChannelId.wrap(_hashTypedDataV4(ChannelType.structHash(payer, beneficiary, token, termsHash)));
    }
}
