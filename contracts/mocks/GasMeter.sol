// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Gas meter
/// @notice For tests only. Says what a call costs the contract that makes it: what a transaction's receipt cannot tell of
/// a view that other contracts ask.
contract GasMeter {
    /// @notice Gas that `target` and the call to it used, when this is the first call of the transaction to touch it.
    function measure(address target, bytes calldata data) external returns (uint256 gas, bytes memory answer) {
        bytes memory copy = data;
        bool success;
        uint256 before = gasleft();
        (success, answer) = target.call(copy);
        gas = before - gasleft();
        require(success, "GasMeter: the call reverted");
    }
}
