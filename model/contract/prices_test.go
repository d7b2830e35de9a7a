package contract_test

import "github.com/edgeofcare/edgeofcare/model/contract"

// base is an index without inflation whose base is the first financial year of a
// shape, so that indexed amounts are as stated in it.
func base(s *contract.Shape) contract.PriceIndex {
	if len(s.Quarters) == 0 {
		return contract.PriceIndex{Base: 2020}
	}
	return contract.PriceIndex{Base: s.Quarters[0].FinancialYear()}
}
