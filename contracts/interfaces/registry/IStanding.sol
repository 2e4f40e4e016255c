// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "../../types/Binding.sol";
import {Release} from "../../types/Release.sol";
import {Resume} from "../../types/Resume.sol";
import {Revoke} from "../../types/Revoke.sol";
import {RevokeMany} from "../../types/RevokeMany.sol";
import {Suspend} from "../../types/Suspend.sol";

/// @title Standing of the identity registry
/// @notice How a running binding is suspended, resumed and ended.
interface IStanding {
    /// @notice Suspends a binding on the liable party's word.
    /// @dev Emits {BindingSuspended}.
    ///
    /// Requirements:
    /// - the binding is active or pending; the message names it and its sequence, and is in time
    /// - the liable party has signed
    function suspendByParty(
        Suspend calldata message,
        Binding calldata binding,
        bytes calldata partySigner,
        bytes calldata signature
    ) external;

    /// @notice Suspends a binding on the attester's word.
    /// @dev Emits {BindingSuspended}.
    ///
    /// Requirements:
    /// - the binding is active or pending; the message names its sequence, and is in time
    /// - the attester has signed (a retired one may)
    function suspendByAttester(Suspend calldata message, bytes calldata signature) external;

    /// @notice Lifts a suspension.
    /// @dev Emits {BindingResumed}.
    ///
    /// Requirements:
    /// - the binding is suspended; the message names it and its sequence, and is in time
    /// - the liable party and the attester have signed; the attester has been accredited ever since it vouched for the
    ///   binding
    function resume(
        Resume calldata message,
        Binding calldata binding,
        bytes calldata partySigner,
        bytes calldata partySignature,
        bytes calldata attesterSignature
    ) external;

    /// @notice Ends a binding on the attester's word.
    /// @dev Emits {BindingRevoked}.
    ///
    /// Requirements:
    /// - the binding is active, suspended or pending; the message names its sequence, and is in time
    /// - the attester has signed (a retired one may)
    function revoke(Revoke calldata message, bytes calldata signature) external;

    /// @notice Ends many bindings on their attester's word, with one signature.
    /// @dev Emits {BindingRevoked} for each row that is good, and {RevocationSkipped} for each that is not.
    ///
    /// Requirements:
    /// - the message is in time
    /// - the attester of `attesterIndex` has signed (a retired one may)
    function revokeMany(uint24 attesterIndex, RevokeMany calldata message, bytes calldata signature) external;

    /// @notice Ends a binding on the liable party's word.
    /// @dev Emits {BindingReleased}.
    ///
    /// Requirements:
    /// - the binding is active, suspended or pending; the message names it, its sequence and no successor, and is in time
    /// - the liable party has signed
    function release(
        Release calldata message,
        Binding calldata binding,
        bytes calldata partySigner,
        bytes calldata signature
    ) external;
}
