// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IIdentityRegistryErrors} from "./IIdentityRegistryErrors.sol";
import {IIdentityRegistryEvents} from "./IIdentityRegistryEvents.sol";
import {IAttesters} from "./registry/IAttesters.sol";
import {IBindings} from "./registry/IBindings.sol";
import {IEnrolments} from "./registry/IEnrolments.sol";
import {IExposure} from "./registry/IExposure.sol";
import {IParties} from "./registry/IParties.sol";
import {IRecords} from "./registry/IRecords.sol";
import {ISnapshots} from "./registry/ISnapshots.sol";
import {IStanding} from "./registry/IStanding.sol";
import {ISuccessions} from "./registry/ISuccessions.sol";

/// @title Identity registry
/// @notice Who answers for a machine: bindings of devices to their liable parties, vouched for by attesters, and the
/// ceiling of the money that each binding may put at risk.
/// @dev A *signer* is an ERC-7913 byte string: 20 bytes are an address, longer is verifier || key. A signer that a call takes
/// beside a secp256k1 signature may be left empty: its address is recovered, and events name it as if it had been sent. An
/// ERC-1271 account is always sent. Every message is EIP-712 in this contract's domain; whoever pays the gas may relay it.
interface IIdentityRegistry is
    IAttesters,
    IParties,
    IBindings,
    ISuccessions,
    IStanding,
    IEnrolments,
    ISnapshots,
    IExposure,
    IRecords,
    IIdentityRegistryEvents,
    IIdentityRegistryErrors
{
    /// @notice The verifier that P-256 devices name in their signer.
    function p256Verifier() external view returns (address);
}
