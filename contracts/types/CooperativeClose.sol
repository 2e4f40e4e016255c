// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ChannelId} from "./Ids.sol";

/// @notice The payee's last act on a channel: what it wants of the deposit. Signed by the payee's device,
/// which stores "closed" before it signs and accepts nothing afterwards.
struct CooperativeClose {
    ChannelId channelId; // the channel it belongs to
    uint96 cumulativeAmount; // token base units; the *total* that the payee keeps
    uint64 version; // orders the messages of one channel; rises strictly
    bytes32 receiptsRoot; // root of the receipt chain up to this version
}

/// @notice Hashing of {CooperativeClose}.
library CooperativeCloseType {
    bytes32 internal constant TYPEHASH = keccak256(
        "CooperativeClose(bytes32 channelId,uint96 cumulativeAmount,uint64 version,bytes32 receiptsRoot)"
    );

    /// @notice EIP-712 struct hash.
    function structHash(CooperativeClose memory cooperativeClose) internal pure returns (bytes32) {
        return keccak256(abi.encode(TYPEHASH, cooperativeClose));
    }
}
