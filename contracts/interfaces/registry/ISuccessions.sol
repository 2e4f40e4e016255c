// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Binding} from "../../types/Binding.sol";
import {BindingSignatures} from "../../types/BindingSignatures.sol";
import {BindingId} from "../../types/Ids.sol";
import {RebindNotice} from "../../types/RebindNotice.sol";
import {RebindVeto} from "../../types/RebindVeto.sol";

/// @title Successions of the identity registry
/// @notice How another device key takes the place of a running binding's, for another party or for the same one.
interface ISuccessions {
    /// @notice Passes a device on to another liable party, as at a resale: a binding of a new device key takes the place of
    /// the head, whose party lets go. The old device key is never bound again. Exposure is not carried: it is another party's.
    /// @dev Emits {BindingStarted} and {BindingRebound}.
    ///
    /// Requirements:
    /// - `head` has not ended by a message or by time
    /// - `binding.previous` is the id of `head`; its device key was never bound; its party is another one
    /// - the old party has signed a {Release} that names the head, its sequence and this successor, and is in time
    /// - device, liable party and an accredited attester have signed the binding
    /// - validity, period and limits make sense
    ///
    /// @param headPartySignature the old party's, under its release
    /// @param releaseDeadline seconds; the one field of that release that does not follow from the other arguments
    function rebind(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner,
        bytes calldata headPartySigner,
        bytes calldata headPartySignature,
        uint40 releaseDeadline
    ) external returns (BindingId bindingId);

    /// @notice Announces a rebinding without the old party's word, which is possible after {rebindDelaySeconds}. Once that is
    /// over, a later announcement takes the place of an earlier one, and starts the delay anew.
    /// @dev Emits {RebindAnnounced}.
    ///
    /// Requirements:
    /// - the binding is active, suspended or pending; the message names its sequence and a successor, and is in time
    /// - no other announcement is waiting for its delay to be over
    /// - the attester has signed; it has been accredited ever since it vouched for the binding
    function announceRebind(RebindNotice calldata message, bytes calldata signature) external;

    /// @notice Takes back what was announced.
    /// @dev Emits {RebindVetoed}.
    ///
    /// Requirements:
    /// - a rebinding of the record is announced; the message names the record and its sequence, and is in time
    /// - the liable party has signed
    function vetoRebind(
        RebindVeto calldata message,
        Binding calldata head,
        bytes calldata partySigner,
        bytes calldata signature
    ) external;

    /// @notice Does what was announced, as {rebind} would.
    /// @dev Emits {BindingStarted} and {BindingRebound}.
    ///
    /// Requirements:
    /// - as {rebind}, with an announcement of this successor whose delay is over in place of the old party's word
    /// - the attester that announced is not compromised (a retired one may have announced before)
    function rebindAnnounced(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId);

    /// @notice Gives a device a new key; the old one may be lost, and is never bound again. Exposure and a suspension are
    /// carried as by {renew}.
    /// @dev Emits {BindingStarted}, {BindingSuspended} when it starts suspended, and {BindingRotated}.
    ///
    /// Requirements:
    /// - `head` has not ended by a message or by time
    /// - `binding.previous` is the id of `head`; its device key was never bound; its party is the same
    /// - the new device key, the liable party and an accredited attester have signed the binding
    /// - validity, period and limits make sense
    function rotateKey(
        Binding calldata binding,
        Binding calldata head,
        BindingSignatures calldata signatures,
        bytes calldata deviceSigner,
        bytes calldata partySigner
    ) external returns (BindingId bindingId);

    /// @notice What is announced for a record, and from which second it can be done; zero when nothing is.
    function announcedRebindOf(BindingId bindingId) external view returns (BindingId successor, uint40 readyAt);

    /// @notice Time that a liable party has to veto a rebinding, in seconds.
    function rebindDelaySeconds() external view returns (uint40);
}
