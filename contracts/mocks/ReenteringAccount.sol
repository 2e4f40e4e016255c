// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @notice FOR TESTS ONLY. An account that calls back whoever asks it, and accepts the signature when that call failed.
contract ReenteringAccount is IERC1271 {
    bytes private _callback;

    /// @param callback what it sends to whoever asks
    function arm(bytes calldata callback) external {
        _callback = callback;
    }

    /// @inheritdoc IERC1271
    /// @dev Why the cast: the interface says `view`, and a hostile account keeps no such promise.
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        function(address) internal returns (bool) calls = _calls;
        function(address) internal view returns (bool) asksQuietly;
        // Why assembly: only there a function that writes passes for one that does not.
        assembly {
            asksQuietly := calls
        }
        return asksQuietly(msg.sender) ? bytes4(0xffffffff) : IERC1271.isValidSignature.selector;
    }

    function _calls(address caller) internal returns (bool succeeded) {
        (succeeded, ) = caller.call(_callback);
    }
}
