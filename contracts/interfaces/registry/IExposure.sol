// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "../../types/Binding.sol";
import {BindingId, SignerId} from "../../types/Ids.sol";

/// @title Exposure of the identity registry
/// @notice Which escrows may put money at risk under a binding, and how much.
interface IExposure {
    /// @notice Lets an escrow raise exposures.
    /// @dev Emits {EscrowRegistered}.
    ///
    /// Requirements:
    /// - the caller has the admin's role in the access manager
    /// - `escrow` is not zero, and not registered yet
    /// - at most 16 are registered
    function registerEscrow(address escrow) external;

    /// @notice Checks that new money may be put at risk under a binding, and counts it against the ceiling.
    ///
    /// Requirements:
    /// - the caller is a registered escrow
    /// - `payer` is active, and its exposure of the running period stays within `maxPerPeriod`
    /// - `payeeBinding` is the head of `payee`, and active
    ///
    /// @param amount token base units
    /// @return bindingId id of `payer`
    function spend(
        Binding calldata payer,
        SignerId payee,
        BindingId payeeBinding,
        uint96 amount
    ) external returns (BindingId bindingId);

    /// @notice New money put at risk under the binding in the running period, in token base units. Before the start, what
    /// the first period will begin with.
    function exposureOf(Binding calldata binding) external view returns (uint96);

    /// @notice Whether the escrow may raise exposures.
    function isEscrow(address escrow) external view returns (bool);
}
