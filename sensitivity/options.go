package sensitivity

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Options say which version of a programme is run many times, and how. The zero
// value is the first case of the file, with 2,000 replications of every run.
type Options struct {
	// Case is a case of the file; empty stands for the first, or for the file
	// as it stands if it has none.
	Case string
	// Edits are put on the case before anything else is: a variant, a price.
	Edits []scenario.Edit
	// Party is the investor whose loss, hurdle and rate of return are looked
	// at; empty stands for [finance.Consortium], all investors together with
	// whoever met a shortfall. A name that is no investor of a version that is
	// run is a *[scenario.NameError].
	Party string
	// Run says how each run is made. Replications 0 means
	// [DefaultReplications], TotalsOnly is taken to be set, and the 50% and the 95%
	// quantile are worked out beside those that are asked for. Progress is told
	// one running total over all the runs there may be; those of a search that
	// turn out not to be needed count as done at its end.
	Run montecarlo.Options
}

// DefaultReplications is what 0 replications stand for in this package: a
// probability is then known to about one in a hundred.
const DefaultReplications = 2_000

// programme is the version of a document that the options name, with further
// edits.
func (o Options) programme(d *scenario.Document, edits ...scenario.Edit) (*model.Programme, error) {
	p, err := d.Programme(o.Case, slices.Concat(o.Edits, edits)...)
	if err != nil {
		return nil, err
	}
	return p, o.invests(p)
}

// party is whose loss, hurdle and rate of return are looked at.
func (o Options) party() string {
	if o.Party == "" {
		return finance.Consortium
	}
	return o.Party
}

// invests is an error if the party is no investor of a programme.
func (o Options) invests(p *model.Programme) error {
	if o.party() == finance.Consortium {
		return nil
	}
	var valid []string
	if p.Facility != nil {
		for _, i := range p.Facility.Investors {
			valid = append(valid, i.Name)
		}
	}
	if slices.Contains(valid, o.Party) {
		return nil
	}
	return &scenario.NameError{What: "investor", Name: o.Party, Valid: valid}
}

// needDelivery is an error if a programme states no delivery terms.
func needDelivery(p *model.Programme) error {
	if p.Delivery != nil {
		return nil
	}
	return fmt.Errorf("programme %q: %w, such as delivery: {fixed per quarter: 60000, claims paid after: 30 days}", p.Name, finance.ErrNoDelivery)
}
