package sensitivity

import (
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Options say how a version of a programme is run many times. The zero value is
// 2,000 replications of every run.
type Options struct {
	// Party is the investor whose loss, hurdle and rate of return are shown.
	// Default: [finance.Consortium], all investors together with whoever met a
	// shortfall. A name that is not an investor of every version that is run is
	// a *[scenario.NameError].
	Party string
	// Run says how each run is made. Here 0 replications stand for 2,000, which
	// give a probability to about one percentage point. TotalsOnly is always
	// set, and the 50% and 95% quantiles are added to those asked for. Progress
	// counts replications over all the runs there may be; runs that a search
	// turns out not to need are counted as done at its end. Until is an error.
	Run montecarlo.Options
}

// errNoVersion is the error of every analysis that is given nothing to run.
var errNoVersion = errors.New("there is no version to run, or it has no programme: make one with Document.Version")

// runnable is an error if there is nothing to run.
func runnable(v *scenario.Version) error {
	if v == nil || v.Programme == nil {
		return errNoVersion
	}
	return nil
}

// party is whose loss, hurdle and rate of return are shown.
func (o Options) party() string {
	if o.Party == "" {
		return finance.Consortium
	}
	return o.Party
}

// checkParty is an error if the party is not an investor of a programme.
func (o Options) checkParty(p *model.Programme) error {
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
