// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @title Messages of a contract
/// @notice What {RegistryMessages}, {EscrowMessages} and {AnchorMessages} share: the EIP-712 domain of the contract whose
/// messages they show.
abstract contract Messages {
    bytes32 internal immutable DOMAIN_SEPARATOR;

    /// @param verifyingContract whose EIP-712 domain the digests are of
    constructor(IERC5267 verifyingContract) {
        (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address account,
            bytes32 salt,

        ) = verifyingContract.eip712Domain();
        DOMAIN_SEPARATOR = MessageHashUtils.toDomainSeparator(fields, name, version, chainId, account, salt);
    }

    function _digest(bytes32 structHash) internal view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(DOMAIN_SEPARATOR, structHash);
    }
}
