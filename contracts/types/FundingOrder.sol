// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelId} from "./Ids.sol";

/// @notice Moves money of the funder's balance into one channel. Signed by the funder, and relayed by anybody.
/// Usable once: what was there before is part of it, and a deposit only grows.
struct FundingOrder {
    ChannelId channelId; // the channel to open or to top up
    uint96 amount; // token base units; what is added
    uint96 depositBefore; // token base units; the channel's deposit when the order takes effect, 0 to open
    uint40 deadline; // last second in which it can be relayed
}

/// @notice Hashing of {FundingOrder}.
library FundingOrderType {
    bytes32 internal constant TYPEHASH = keccak256(
        "FundingOrder(bytes32 channelId,uint96 amount,uint96 depositBefore,uint40 deadline)"
    );

    /// @notice EIP-712 struct hash.
    function structHash(FundingOrder memory order) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, order));
    }
}
