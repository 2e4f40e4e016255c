// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IChannelEscrowEvents} from "../interfaces/IChannelEscrowEvents.sol";
import {Channel} from "../types/Channel.sol";
import {DepositSource} from "../types/DepositSource.sol";
import {ChannelId} from "../types/Ids.sol";

/// @notice Writes {IChannelEscrowEvents-ChannelOpened}.
/// Why by hand: as in {StartedLog}, the channel's nine fields are copied as they lie, which saves the compiler's reading,
/// checking and writing of each. The caller has read each narrow field before, so none can have bits outside its type.
library OpenedLog {
    function write(ChannelId channelId, Channel calldata channel, uint96 deposit, DepositSource source) internal {
        bytes32 topic = IChannelEscrowEvents.ChannelOpened.selector;
        // Why assembly: see above. Layout of the data: channel | deposit | source.
        assembly ("memory-safe") {
            let data := mload(0x40)
            calldatacopy(data, channel, 0x120)
            mstore(add(data, 0x120), deposit)
            mstore(add(data, 0x140), source)
            log2(data, 0x160, topic, channelId)
        }
    }
}
