// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelId} from "./Ids.sol";

/// @notice Asks to close a channel after its close delay. Signed by funder, payer or liable party.
struct RequestClose {
    ChannelId channelId; // the channel to close
    uint40 deadline; // last second in which it can be relayed
}

/// @notice Hashing of {RequestClose}.
library RequestCloseType {
    bytes32 internal constant TYPEHASH = keccak256("RequestClose(bytes32 channelId,uint40 deadline)");

    /// @notice EIP-712 struct hash.
    function structHash(RequestClose memory requestClose) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, requestClose));
    }
}
