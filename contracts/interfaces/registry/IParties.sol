// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Parties of the identity registry
/// @notice Through which verifiers liable parties may start to sign.
interface IParties {
    /// @notice Lets parties start to sign through an ERC-7913 verifier, or no more. Parties that have started keep their say.
    /// @dev Emits {VerifierSet}.
    ///
    /// Requirements:
    /// - the caller has the admin's role in the access manager
    /// - a verifier that is allowed has code
    function setVerifier(address verifier, bool allowed) external;

    /// @notice Whether parties may start to sign through this ERC-7913 verifier.
    function allowsVerifier(address verifier) external view returns (bool);
}
