// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExposure} from "../interfaces/registry/IExposure.sol";
import {Periods} from "../libraries/Periods.sol";
import {AttesterMarks} from "../types/AttesterMarks.sol";
import {Binding, BindingType} from "../types/Binding.sol";
import {BindingStatus, RecordSlot, RecordWord} from "../types/BindingRecord.sol";
import {BindingId, SignerId} from "../types/Ids.sol";
import {Records} from "./Records.sol";

/// @notice How much new money a binding has put at risk in its running period, and the ceiling (極度額) over it.
/// Exposure bounds money newly locked, not spending: it is never lowered, and settling or closing does not touch it.
abstract contract Exposure is Records {
    using BindingType for Binding;

    /// @inheritdoc IExposure
    /// @dev Why the amount comes last: the compiled contract compares selectors one after another, from the lowest up, at 22
    /// gas each. In this order it finds the one that every opening calls among the first; with the amount second, as the last.
    function spend(
        Binding calldata payer,
        SignerId payee,
        BindingId payeeBinding,
        uint96 amount
    ) external returns (BindingId bindingId) {
        AttesterMarks marks = _requireEscrow();
        bindingId = payer.id();
        RecordSlot storage slot = _records[bindingId];
        RecordWord word = _cut(bindingId, slot.word, marks);

        // Check: both machines have somebody who answers for them now.
        _requireActive(bindingId, word);
        BindingId head = _heads[payee];
        if (head != payeeBinding) revert IdentityRegistry_PayeeNotBound(payee, payeeBinding, head);
        _requireActive(payeeBinding, _cut(payeeBinding, _records[payeeBinding].word, marks));

        // Check: the ceiling of the running period.
        uint256 period = _periodAt(word.startedAt(), payer.periodSeconds);
        uint256 before = Periods.running(word.period(), word.exposure(), period);
        (uint256 exposure, bool allowed) = Periods.raised(before, amount, payer.maxPerPeriod);
        if (!allowed) {
            revert IdentityRegistry_CeilingExceeded(bindingId, exposure, payer.maxPerPeriod);
        }

        // Effect
        slot.word = word.withExposure(uint24(period), uint96(exposure));
    }

    /// @inheritdoc IExposure
    function exposureOf(Binding calldata binding) external view returns (uint96) {
        return _runningExposure(_records[binding.id()].word, binding.periodSeconds);
    }

    /// @dev Zero in a period in which nothing was spent yet. Before the start, what the first period will begin with: a
    /// renewal of a renewal that has not started must not lose what was carried into it.
    function _runningExposure(RecordWord word, uint32 periodSeconds) internal view returns (uint96) {
        if (word.status() == BindingStatus.NONE) return 0;
        uint40 startedAt = word.startedAt();
        uint256 period = block.timestamp < startedAt ? 0 : _periodAt(startedAt, periodSeconds);
        return uint96(Periods.running(word.period(), word.exposure(), period));
    }

    function _requireActive(BindingId bindingId, RecordWord word) private view {
        if (!word.isActiveAt(block.timestamp)) {
            revert IdentityRegistry_WrongStatus(bindingId, _statusNow(word), BindingStatus.ACTIVE);
        }
    }

    /// @dev `startedAt` is not in the future. Fits into 24 bits until the binding expires, as checked when it started.
    function _periodAt(uint40 startedAt, uint32 periodSeconds) private view returns (uint256) {
        return Periods.indexAt(startedAt, periodSeconds, block.timestamp);
    }
}
