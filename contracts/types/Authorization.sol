// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelId} from "./Ids.sol";

/// @notice A funder's ERC-2612 permit for exactly the amount of a deposit.
struct Permit {
    uint256 deadline; // last second in which it can be used
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice A funder's ERC-3009 `ReceiveWithAuthorization` to the escrow, of exactly the amount of a deposit.
/// Its nonce is {AuthorizationNonce-nonceOf} the channel, so it can pay into no other one, and once.
struct Authorization {
    uint256 validAfter; // seconds, exclusive
    uint256 validBefore; // seconds, exclusive
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice The nonce that ties an {Authorization} to one deposit.
library AuthorizationNonce {
    /// @notice The nonce of a deposit into a channel.
    /// @param depositBefore token base units; the channel's deposit when the money arrives, 0 to open
    function nonceOf(ChannelId channelId, uint96 depositBefore) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(channelId, depositBefore));
    }
}
