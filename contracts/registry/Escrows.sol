// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {IExposure} from "../interfaces/registry/IExposure.sol";
import {AttesterMarks} from "../types/AttesterMarks.sol";

/// @notice Which escrows may raise exposures. Each one's word carries the marks of compromised attesters along, so that an
/// opening, which reads that word anyway, reads no other for them.
abstract contract Escrows is AccessManaged, IIdentityRegistry {
    /// @dev A mark is written into the word of every escrow.
    uint256 private constant ESCROWS_MAX = 16;

    /// @dev Flagged when registered.
    mapping(address escrow => AttesterMarks marks) private _escrows;
    address[] private _registered;

    /// @inheritdoc IExposure
    function registerEscrow(address escrow) external restricted {
        if (escrow == address(0)) revert IdentityRegistry_ZeroAddress();
        if (_escrows[escrow].isFlagged()) revert IdentityRegistry_AlreadyRegistered(escrow);
        if (_registered.length == ESCROWS_MAX) revert IdentityRegistry_TooManyEscrows(ESCROWS_MAX);
        _escrows[escrow] = _marks().flagged();
        _registered.push(escrow);
        emit EscrowRegistered(escrow);
    }

    /// @inheritdoc IExposure
    function isEscrow(address escrow) external view returns (bool) {
        return _escrows[escrow].isFlagged();
    }

    /// @dev Marks of all attesters, without an escrow's flag.
    function _marks() internal view virtual returns (AttesterMarks);

    /// @dev Writes the marks into every escrow's word.
    function _spread(AttesterMarks marks) internal {
        for (uint256 i = 0; i < _registered.length; ++i) _escrows[_registered[i]] = marks.flagged();
    }

    /// @dev Lets registered escrows pass, and gives what their word says of attesters.
    function _requireEscrow() internal view returns (AttesterMarks marks) {
        marks = _escrows[msg.sender];
        if (!marks.isFlagged()) revert IdentityRegistry_NotEscrow(msg.sender);
    }
}
