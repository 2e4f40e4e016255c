// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Closures} from "./escrow/Closures.sol";
import {IChannelEscrow} from "./interfaces/IChannelEscrow.sol";
import {IIdentityRegistry} from "./interfaces/IIdentityRegistry.sol";

/// @title Channel escrow
/// @notice Holds the deposits of one-way payment channels. Its parts by noun: Balances, Channels, Openings, SignedDeposits,
/// Settlements, Reveals, Closures.
/// @dev No owner, no proxy, no pause: nothing here can be changed after deployment.
contract ChannelEscrow is Closures {
    /// @param registry the identity registry, which must register this escrow before anything can be opened
    /// @param closeDelayFloorSeconds shortest close delay; above the time of forced inclusion on this chain
    constructor(IIdentityRegistry registry, uint40 closeDelayFloorSeconds) EIP712("Musubi ChannelEscrow", "1") {
        if (closeDelayFloorSeconds == 0 || closeDelayFloorSeconds > CLOSE_DELAY_MAX_SECONDS) {
            revert ChannelEscrow_BadCloseDelayFloor(closeDelayFloorSeconds, CLOSE_DELAY_MAX_SECONDS);
        }
        if (address(registry).code.length == 0) revert ChannelEscrow_NoCode(address(registry));
        // Asked for the verifier's code too: without it one bad P-256 row would revert a whole batch.
        address verifier = registry.p256Verifier();
        if (verifier.code.length == 0) revert ChannelEscrow_NoCode(verifier);
        REGISTRY = registry;
        P256_VERIFIER = verifier;
        CLOSE_DELAY_FLOOR_SECONDS = closeDelayFloorSeconds;
    }

    /// @inheritdoc IChannelEscrow
    function identityRegistry() external view returns (IIdentityRegistry) {
        return REGISTRY;
    }

    /// @inheritdoc IChannelEscrow
    function closeDelayBounds() external view returns (uint40 minSeconds, uint40 maxSeconds) {
        return (CLOSE_DELAY_FLOOR_SECONDS, CLOSE_DELAY_MAX_SECONDS);
    }
}
