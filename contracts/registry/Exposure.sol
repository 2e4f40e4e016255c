// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Binding, BindingRecord, BindingStatus, BindingType} from "../types/Binding.sol";
import {BindingId, SignerId} from "../types/Ids.sol";
import {Records} from "./Records.sol";

/// @notice How much new money a binding has put at risk in its running period, and the ceiling (極度額) over it.
/// Exposure bounds money newly locked, not spending: it is never lowered, and settling or closing does not touch it.
abstract contract Exposure is AccessManaged, Records {
    using BindingType for Binding;

    mapping(address escrow => bool registered) private _isEscrow;

    /// @inheritdoc IIdentityRegistry
    function registerEscrow(address escrow) external restricted {
        if (escrow == address(0)) revert IdentityRegistry_ZeroAddress();
        if (_isEscrow[escrow]) revert IdentityRegistry_AlreadyRegistered(escrow);
        _isEscrow[escrow] = true;
        emit EscrowRegistered(escrow);
    }

    /// @inheritdoc IIdentityRegistry
    function spend(
        Binding calldata payer,
        uint96 amount,
        SignerId payee,
        BindingId payeeBinding
    ) external returns (BindingId bindingId) {
        if (!_isEscrow[msg.sender]) revert IdentityRegistry_NotEscrow(msg.sender);
        bindingId = payer.id();
        BindingRecord memory record = _records[bindingId];

        // Check: both machines have somebody who answers for them now.
        BindingStatus status = _statusNow(record);
        if (status != BindingStatus.ACTIVE) {
            revert IdentityRegistry_WrongStatus(bindingId, status, BindingStatus.ACTIVE);
        }
        _requireBound(payee, payeeBinding);

        // Check: the ceiling of the running period.
        uint256 period = _periodAt(record.startedAt, payer.periodSeconds);
        uint256 exposure = uint256(amount) + (record.period == period ? record.exposure : 0);
        if (exposure > payer.maxPerPeriod) {
            revert IdentityRegistry_CeilingExceeded(bindingId, exposure, payer.maxPerPeriod);
        }

        // Effect
        record.period = uint24(period);
        record.exposure = uint96(exposure);
        _records[bindingId] = record;
    }

    /// @inheritdoc IIdentityRegistry
    function exposureOf(Binding calldata binding) external view returns (uint96) {
        return _runningExposure(_records[binding.id()], binding.periodSeconds);
    }

    /// @inheritdoc IIdentityRegistry
    function isEscrow(address escrow) external view returns (bool) {
        return _isEscrow[escrow];
    }

    /// @dev Zero in a period in which nothing was spent yet. Before the start, what the first period will begin with: a
    /// renewal of a renewal that has not started must not lose what was carried into it.
    function _runningExposure(BindingRecord memory record, uint32 periodSeconds) internal view returns (uint96) {
        if (record.status == BindingStatus.NONE) return 0;
        uint256 period = block.timestamp < record.startedAt ? 0 : _periodAt(record.startedAt, periodSeconds);
        return record.period == period ? record.exposure : 0;
    }

    function _requireBound(SignerId payee, BindingId payeeBinding) private view {
        BindingId head = _heads[payee];
        if (head != payeeBinding) revert IdentityRegistry_PayeeNotBound(payee, payeeBinding, head);
        BindingStatus status = _statusNow(_records[payeeBinding]);
        if (status != BindingStatus.ACTIVE) {
            revert IdentityRegistry_WrongStatus(payeeBinding, status, BindingStatus.ACTIVE);
        }
    }

    /// @dev `startedAt` is not in the future. Fits into 24 bits until the binding expires, as checked when it started.
    function _periodAt(uint40 startedAt, uint32 periodSeconds) private view returns (uint256) {
        return (block.timestamp - startedAt) / periodSeconds;
    }
}
