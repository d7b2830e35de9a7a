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
	return d.Programme(o.Case, slices.Concat(o.Edits, edits)...)
}

// needDelivery is an error if a programme states no delivery terms.
func needDelivery(p *model.Programme) error {
	if p.Delivery != nil {
		return nil
	}
	return fmt.Errorf("programme %q: %w, such as delivery: {fixed per quarter: 60000, claims paid after: 30 days}", p.Name, finance.ErrNoDelivery)
}
