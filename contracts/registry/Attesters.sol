// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";

/// @notice Who may vouch for bindings. The admin can accredit and retire; it can never make or end a binding.
abstract contract Attesters is AccessManaged, IIdentityRegistry {
    /// @dev By address, and only while accredited: what a new signature needs is one read.
    mapping(address attester => uint24 index) private _indexOf;
    /// @dev By index, for ever: a retired attester can still suspend and revoke what it vouched for.
    mapping(uint24 index => address attester) private _attesterAt;
    /// @dev How many indexes were given out; the first is 1, so 0 means "not accredited".
    uint24 private _count;

    /// @inheritdoc IIdentityRegistry
    function accredit(address attester) external restricted returns (uint24 index) {
        if (attester == address(0)) revert IdentityRegistry_ZeroAddress();
        if (_indexOf[attester] != 0) revert IdentityRegistry_AlreadyAccredited(attester, _indexOf[attester]);

        index = ++_count;
        _indexOf[attester] = index;
        _attesterAt[index] = attester;
        emit AttesterAccredited(attester, index);
    }

    /// @inheritdoc IIdentityRegistry
    function retire(address attester) external restricted {
        uint24 index = _accreditedIndex(attester);
        delete _indexOf[attester];
        emit AttesterRetired(attester, index);
    }

    /// @inheritdoc IIdentityRegistry
    function attesterIndexOf(address attester) external view returns (uint24) {
        return _indexOf[attester];
    }

    /// @inheritdoc IIdentityRegistry
    function attesterAt(uint24 index) external view returns (address) {
        return _attesterOf(index);
    }

    function _attesterOf(uint24 index) internal view returns (address) {
        return _attesterAt[index];
    }

    function _accreditedIndex(address attester) internal view returns (uint24 index) {
        index = _indexOf[attester];
        if (index == 0) revert IdentityRegistry_NotAccredited(attester);
    }
}
