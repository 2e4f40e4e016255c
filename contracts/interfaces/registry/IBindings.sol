// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "../../types/Binding.sol";
import {BindingSignatures} from "../../types/BindingSignatures.sol";
import {BindingId} from "../../types/Ids.sol";

/// @title Bindings of the identity registry
/// @notice How the bindings of a device start.
interface IBindings {
    /// @notice Records a device's first binding.
    /// @dev Emits {BindingStarted}.
    ///
    /// Requirements:
    /// - the device has no head, and `previous` is 0
    /// - device, liable party and an accredited attester have signed the binding
    /// - validity, period and limits make sense
    ///
    /// @param deviceSigner empty or secp256k1 address (20 bytes), or `P256Sha256Verifier || x || y`
    /// @param partySigner the same, or the address of an ERC-1271 account, or an allowed ERC-7913 verifier and its key
    /// @return bindingId the binding's id
    function bind(
        Binding calldata binding,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId);

    /// @notice Records a binding of the same device and party that takes the place of the device's head.
    /// @dev Emits {BindingStarted}, {BindingSuspended} when it starts suspended, and {BindingRenewed} when the head had not
    /// ended. The head's exposure of the running period is carried into the first period of the new binding when the
    /// token is the same. What a message has stopped starts again by a {resume} only: when the head was suspended, released
    /// or revoked, the new binding starts suspended, since its signatures may be older than that message.
    ///
    /// Requirements:
    /// - `binding.previous` is the device's head, and the id of `head`
    /// - the party is the same
    /// - device, liable party and an accredited attester have signed the binding
    /// - validity, period and limits make sense
    function renew(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId);
}
