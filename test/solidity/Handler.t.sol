// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Check} from "./helpers/Check.sol";
import {Handler} from "./helpers/Handler.sol";

/// @notice That the invariants look at something: in one short life every action of the handler is accepted.
contract HandlerTest {
    Handler private _handler;

    function setUp() public {
        _handler = new Handler();
    }

    function test_everyActionIsAcceptedInOneLife() public {
        _fundAndOpen();
        _settle();
        _leave();
        _changeStandings();
        _passOn();
        _enrolAndActivate();
        _stealKey();
        Check.yes(_handler.done("refused") > 0, "nothing was refused");
    }

    function _fundAndOpen() private {
        for (uint256 i = 0; i < 16; ++i) _handler.depositBalance(i | (i << 7), i);
        for (uint256 i = 0; i < 6; ++i) _handler.openFromBalance(i, i);
        for (uint256 i = 0; i < 3; ++i) _handler.open(i, i);
        for (uint256 i = 0; i < 3; ++i) _handler.topUp(i, i);
        for (uint256 i = 0; i < 9; ++i) _handler.topUpFromBalance(i, i);
        for (uint256 i = 0; i < 4; ++i) _handler.withdrawBalance(i | (i << 7), i);
        _fundBySignature();
        _requireDone("depositBalance");
        _requireDone("openFromBalance");
        _requireDone("open");
        _requireDone("topUp");
        _requireDone("topUpFromBalance");
        _requireDone("withdrawBalance");
    }

    /// @dev In later periods, since the ceilings of the first are used up.
    function _fundBySignature() private {
        for (uint256 i = 0; i < 8; ++i) _handler.passTime(i);
        for (uint256 i = 0; i < 16; ++i) _handler.depositBalance(i | (i << 7), i);
        for (uint256 i = 0; i < 6; i += 3) _handler.openMany(i, 1);
        for (uint256 i = 6; i < 9; ++i) _handler.openWithOrder(i, i);
        for (uint256 i = 9; i < 12; ++i) _handler.openWithPermit(i, i);
        for (uint256 i = 12; i < 15; ++i) _handler.openWithAuthorization(i, i);
        _topUpBySignature();
        _requireFundedBySignature();
    }

    function _topUpBySignature() private {
        for (uint256 i = 0; i < 9; ++i) _handler.topUpWithOrder(i, 1);
        for (uint256 i = 8; i < 14; ++i) _handler.passTime(i);
        for (uint256 i = 0; i < 4; ++i) _handler.topUpWithPermit(i, 1);
        for (uint256 i = 0; i < 4; ++i) _handler.topUpWithAuthorization(i, 1);
        _handler.replayOrder();
        _handler.replayAuthorization();
    }

    function _requireFundedBySignature() private view {
        _requireDone("openWithOrder");
        _requireDone("openWithPermit");
        _requireDone("openWithAuthorization");
        _requireDone("topUpWithOrder");
        _requireDone("topUpWithPermit");
        _requireDone("topUpWithAuthorization");
        _requireDone("openMany");
        _requireDone("openingSkipped");
        _requireDone("replayRefused");
    }

    function _settle() private {
        _handler.settleNewer(0, 1);
        _handler.settleOlder(0, 1);
        _handler.settleForeign(1 << 64, 1);
        _handler.settleElsewhere(0, 1);
        _handler.settleMany(0, 1);
        for (uint256 i = 0; i < 6; ++i) _handler.withdraw(i | (i << 8));
        for (uint256 i = 0; i < 8; ++i) _handler.settleStream(i, i);
        for (uint256 i = 0; i < 8; ++i) _handler.settleHashlock(i, i);
        for (uint256 i = 0; i < 4; ++i) _handler.serve(i, i);
        _requireDone("settleStream");
        _requireDone("settleHashlock");
        _requireDone("serve");
        _requireDone("settleNewer");
        _requireDone("settleOlder");
        _requireDone("settleForeign");
        _requireDone("settleElsewhere");
        _requireDone("settleMany");
        _requireDone("withdraw");
    }

    function _leave() private {
        _handler.close(0, 3);
        _handler.requestClose(1);
        _handler.requestCloseByPayer(2);
        _handler.passTime(1);
        _handler.finalizeClose(1);
        _requireDone("close");
        _requireDone("requestClose");
        _requireDone("requestCloseByPayer");
        _requireDone("passTime");
        _requireDone("finalizeClose");
        _requireDone("settleServed");
    }

    function _changeStandings() private {
        _handler.suspend(0);
        _handler.resume(0);
        _handler.renew(0);
        for (uint256 i = 0; i < 20; ++i) _handler.revoke(i);
        for (uint256 i = 0; i < 3; ++i) _handler.renew(i);
        for (uint256 i = 0; i < 20; ++i) _handler.release(i);
        for (uint256 i = 3; i < 6; ++i) _handler.requestCloseOfEndedBinding(i);
        _requireDone("suspend");
        _requireDone("resume");
        _requireDone("renew");
        _requireDone("revoke");
        _requireDone("release");
        _requireDone("requestCloseOfEndedBinding");
    }

    function _passOn() private {
        for (uint256 i = 0; i < 5; ++i) _handler.renew(i);
        for (uint256 i = 0; i < 5; ++i) _handler.resume(i);
        _handler.rotateKey(0);
        _handler.rebind(1);
        for (uint256 i = 0; i < 5; ++i) _handler.announceRebind(i);
        for (uint256 i = 3; i < 20; i += 5) _handler.vetoRebind(i);
        for (uint256 i = 0; i < 14; ++i) _handler.passTime(i);
        for (uint256 i = 0; i < 5; ++i) _handler.rebindAnnounced(i);
        _requireDone("rotateKey");
        _requireDone("rebind");
        _requireDone("announceRebind");
        _requireDone("vetoRebind");
        _requireDone("rebindAnnounced");
    }

    function _enrolAndActivate() private {
        for (uint256 i = 0; i < 5; ++i) _handler.renew(i);
        for (uint256 i = 0; i < 4; ++i) _handler.enrol(i);
        _handler.activate(0);
        _handler.activateRenewal(1);
        for (uint256 i = 2; i < 40; i += 4) _handler.revokeLeaves(i);
        _requireDone("enrol");
        _requireDone("activate");
        _requireDone("activateRenewal");
        _requireDone("revokeLeaves");
    }

    function _stealKey() private {
        for (uint256 i = 0; i < 40; ++i) _handler.revokeMany(i);
        for (uint256 i = 0; i < 40; ++i) _handler.markCompromised(i, i);
        _requireDone("revokeMany");
        for (uint256 i = 0; i < 40; ++i) _handler.findTheft(i);
        _requireDone("markCompromised");
        _requireDone("findTheft");
    }

    function _requireDone(string memory action) private view {
        Check.yes(_handler.done(action) > 0, action);
    }
}
