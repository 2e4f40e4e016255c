// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FreeToken} from "./FreeToken.sol";

/// @notice FOR TESTS ONLY. A token that makes calls of its own in the middle of its next transfer or permit.
contract ReenteringToken is FreeToken {
    struct Call {
        address target;
        bytes data;
    }

    Call[] private _calls;

    /// @notice One of the calls was made, with this answer or this error.
    event Reentered(bool success, bytes answer);

    /// @notice Calls `target` with `data` in the next transfer, after the calls that were armed before.
    function arm(address target, bytes calldata data) external {
        _calls.push(Call(target, data));
    }

    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) public override {
        super.permit(owner, spender, value, deadline, v, r, s);
        _makeCalls();
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        _makeCalls();
    }

    function _makeCalls() private {
        Call[] memory calls = _calls;
        // Forgotten first, so that a transfer caused by one of the calls does not make them all again.
        delete _calls;
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool success, bytes memory answer) = calls[i].target.call(calls[i].data);
            emit Reentered(success, answer);
        }
    }
}
