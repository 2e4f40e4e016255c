// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {LedgerAnchor} from "../../contracts/LedgerAnchor.sol";
import {SignerId} from "../../contracts/types/Ids.sol";
import {AnchorHandler} from "./helpers/AnchorHandler.sol";
import {Check} from "./helpers/Check.sol";
import {IVm, VM} from "./helpers/Vm.sol";

/// @notice Invariants I19 to I21 of README.md: whatever anybody does, in any order, there is one history a publisher.
contract LedgerAnchorTest {
    AnchorHandler private _handler;
    LedgerAnchor private _ledger;
    address[] private _targets;

    function setUp() public {
        _handler = new AnchorHandler();
        _ledger = _handler.LEDGER();
        _targets.push(address(_handler));
    }

    function targetContracts() external view returns (address[] memory) {
        return _targets;
    }

    function invariant_I19_epochsHaveNoGapsAndNoDoubles() public view {
        for (uint256 who = 0; who < _handler.PUBLISHERS(); ++who) {
            uint256 accepted = _handler.rootsOf(who).length;
            Check.equal(_ledger.lastEpochOf(_handler.idOf(who)), accepted, "I19: last epoch, anchors accepted");
        }
    }

    function invariant_I20_eachAnchorContinuesTheOneBefore() public view {
        Check.equal(_handler.done("rewritten"), 0, "I20: anchors on top of another history");
        for (uint256 who = 0; who < _handler.PUBLISHERS(); ++who) {
            bytes32[] memory roots = _handler.rootsOf(who);
            bytes32 last = roots.length == 0 ? bytes32(0) : roots[roots.length - 1];
            SignerId publisher = _handler.idOf(who);
            for (uint256 i = 0; i < roots.length; ++i) {
                Check.yes(_ledger.isLastRoot(publisher, roots[i]) == (roots[i] == last), "I20: last root");
            }
            Check.yes(!_ledger.isLastRoot(publisher, 0), "I20: zero is no root");
        }
    }

    function invariant_I21_nobodyPublishesForAnother() public view {
        Check.equal(_handler.done("forge"), 0, "I21: forgeries accepted");
    }

    /// @dev That the invariants look at something.
    function testFuzz_everyActionDoesWhatItIsFor(uint256 who, bytes32 root) public {
        VM.assume(root != 0);
        for (uint256 i = 0; i < 4; ++i) _handler.goOn(who, root);
        _handler.goOn(who, 0);
        _handler.forge(who, who ^ 1, root);
        for (uint64 epoch = 0; epoch < 7; ++epoch) _handler.tellAnything(who, epoch, 1, root);
        Check.equal(_handler.done("goOn"), 4, "goOn");
        Check.yes(_handler.done("tellAnything") > 0, "tellAnything");
        Check.yes(_handler.done("refused") > 6, "refused");
    }

    function testFuzz_eventsCountTheEpochs(uint256 who, bytes32[4] memory roots) public {
        who %= _handler.PUBLISHERS();
        VM.recordLogs();
        for (uint256 i = 0; i < roots.length; ++i) _handler.goOn(who, roots[i]);
        IVm.Log[] memory logs = VM.getRecordedLogs();
        bytes32[] memory accepted = _handler.rootsOf(who);
        Check.equal(logs.length, accepted.length, "one event an anchor");
        for (uint256 i = 0; i < logs.length; ++i) {
            Check.equal(logs[i].topics[1], SignerId.unwrap(_handler.idOf(who)), "publisher");
            Check.equal(uint256(logs[i].topics[2]), i + 1, "epoch");
            Check.equal(logs[i].topics[3], accepted[i], "root");
        }
    }

    function testFuzz_I4_anAnchorWritesOneSlot(uint256 who, bytes32 first, bytes32 second) public {
        VM.assume(first != 0 && second != 0);
        _requireOneSlot(who, first);
        _requireOneSlot(who, second);
    }

    function _requireOneSlot(uint256 who, bytes32 root) private {
        VM.record();
        _handler.goOn(who, root);
        (, bytes32[] memory writes) = VM.accesses(address(_ledger));
        Check.equal(writes.length, 1, "I4: slots written");
    }
}
