// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Check} from "./helpers/Check.sol";
import {Handler} from "./helpers/Handler.sol";

/// @notice That the invariants look at something: in a long walk every action is accepted at least once.
contract HandlerTest {
    uint256 private constant STEPS = 1_500;

    /// @dev Each takes a seed and an amount, or a seed alone.
    string[19] private _actions = [
        "passTime",
        "suspend",
        "resume",
        "revoke",
        "release",
        "renew",
        "depositBalance",
        "withdrawBalance",
        "open",
        "openFromBalance",
        "topUp",
        "topUpFromBalance",
        "withdraw",
        "settleNewer",
        "settleOlder",
        "settleForeign",
        "settleElsewhere",
        "settleMany",
        "finalizeClose"
    ];
    string[4] private _closures = ["close", "requestClose", "requestCloseByPayer", "requestCloseOfEndedBinding"];

    function test_everyActionIsAcceptedInALongWalk() public {
        Handler handler = new Handler();
        for (uint256 step = 0; step < STEPS; ++step) {
            uint256 dice = uint256(keccak256(abi.encode(step)));
            // Ways out are rarer than ways in, or there would be no channel left to try them on.
            string memory action =
                dice % 8 == 0 ? _closures[(dice >> 8) % _closures.length] : _actions[(dice >> 8) % _actions.length];
            _call(handler, action, dice >> 16);
        }
        for (uint256 i = 0; i < _actions.length; ++i) _requireDone(handler, _actions[i]);
        for (uint256 i = 0; i < _closures.length; ++i) _requireDone(handler, _closures[i]);
        Check.yes(handler.done("refused") > 0, "nothing was refused");
    }

    function _requireDone(Handler handler, string memory action) private view {
        Check.yes(handler.done(action) > 0, action);
    }

    function _call(Handler handler, string memory action, uint256 seed) private {
        (bool alone, ) = address(handler).call(abi.encodeWithSignature(string.concat(action, "(uint256)"), seed));
        if (alone) return;
        bytes memory data = abi.encodeWithSignature(string.concat(action, "(uint256,uint256)"), seed, seed >> 32);
        (bool both, ) = address(handler).call(data);
        Check.yes(both, action);
    }
}
