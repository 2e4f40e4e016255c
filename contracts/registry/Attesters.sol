// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttesters} from "../interfaces/registry/IAttesters.sol";
import {Attester} from "../types/Attester.sol";
import {AttesterMarks} from "../types/AttesterMarks.sol";
import {Escrows} from "./Escrows.sol";

/// @notice Who may vouch for bindings. The admin can accredit, retire and mark; it can never make a binding, nor end one
/// that was made before the moment from which an attester's key was in wrong hands.
abstract contract Attesters is Escrows {
    /// @dev By address, and only while accredited: what a new signature needs is one read.
    mapping(address attester => uint24 index) private _indexOf;
    /// @dev By index, for ever: a retired attester can still suspend and revoke what it vouched for.
    mapping(uint24 index => Attester attester) private _attesters;
    /// @dev How many indexes were given out; the first is 1, so 0 means "not accredited".
    uint24 private _count;
    AttesterMarks private _compromised;

    /// @inheritdoc IAttesters
    function accredit(address attester) external restricted returns (uint24 index) {
        if (attester == address(0)) revert IdentityRegistry_ZeroAddress();
        if (_indexOf[attester] != 0) revert IdentityRegistry_AlreadyAccredited(attester, _indexOf[attester]);

        index = ++_count;
        _indexOf[attester] = index;
        _attesters[index].account = attester;
        emit AttesterAccredited(attester, index);
    }

    /// @inheritdoc IAttesters
    function retire(address attester) external restricted {
        uint24 index = _accreditedIndex(attester);
        delete _indexOf[attester];
        emit AttesterRetired(attester, index);
    }

    /// @inheritdoc IAttesters
    function markCompromised(uint24 index, uint40 since) external restricted {
        Attester storage attester = _attesters[index];
        address account = attester.account;
        if (account == address(0)) revert IdentityRegistry_UnknownAttester(index);
        if (attester.markedAt != 0) revert IdentityRegistry_CompromisedAttester(account, index);
        if (since > block.timestamp) revert IdentityRegistry_FutureTime(since, block.timestamp);

        if (_indexOf[account] == index) delete _indexOf[account];
        attester.compromisedSince = since;
        attester.markedAt = uint40(block.timestamp);
        _compromised = _compromised.with(index);
        _spread(_compromised);
        emit AttesterCompromised(account, index, since, uint40(block.timestamp));
    }

    /// @inheritdoc IAttesters
    function attesterIndexOf(address attester) external view returns (uint24) {
        return _indexOf[attester];
    }

    /// @inheritdoc IAttesters
    function attesterOf(uint24 index) external view returns (Attester memory) {
        return _attesters[index];
    }

    /// @dev When the attester's mark ends what it vouched for at this time; 0 when it does not.
    function _markEnding(uint24 index, uint40 vouchedAt) internal view returns (uint40) {
        Attester storage attester = _attesters[index];
        return vouchedAt > attester.compromisedSince ? attester.markedAt : 0;
    }

    /// @dev The attester of this index, accredited or retired; a compromised one does nothing any more.
    function _signingAttester(uint24 index) internal view returns (address account) {
        Attester storage attester = _attesters[index];
        account = attester.account;
        if (attester.markedAt != 0) revert IdentityRegistry_CompromisedAttester(account, index);
    }

    function _accreditedIndex(address attester) internal view returns (uint24 index) {
        index = _indexOf[attester];
        if (index == 0) revert IdentityRegistry_NotAccredited(attester);
    }

    /// @dev An attester that was retired and accredited again has a new index: it lifts and announces only what it vouched
    /// for anew.
    function _requireStillAccredited(address attester, uint24 index) internal view {
        if (_accreditedIndex(attester) != index) revert IdentityRegistry_NotAccredited(attester);
    }

    function _marks() internal view override returns (AttesterMarks) {
        return _compromised;
    }
}
