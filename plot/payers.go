package plot

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// outsidePayers are the payers that are not councils: what they pay lies between the
// saving of all together and those of the councils.
func outsidePayers(p *model.Programme) (names []string) {
	councils := p.Shape().Commissioners
	for _, payer := range p.Contract.Payers {
		if payer.Name != contract.ClaimingCommissioner && !slices.Contains(councils, payer.Name) {
			names = append(names, payer.Name)
		}
	}
	return names
}
