package main

import (
	"errors"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// chart is one chart that the command draws.
type chart struct {
	name   string
	answer string   // what it answers and for whom, in a sentence
	takes  []string // the flags that it depends on
	// needs returns what a version lacks for it, in a sentence about the file; nil
	// if every one has it.
	needs func(*scenario.Version) error
	draw  func(*drawing) (*plot.Figure, error)
}

// The flags of charts of several cases that are simulated, of one, and of central
// projections; those of all charts are allCharts.
var (
	simulatedCases = append([]string{"--cases"}, simulated...)
	simulatedCase  = append([]string{"--case"}, simulated...)
	pricedCases    = append([]string{"--prices"}, simulatedCases...)
	pricedCase     = append([]string{"--prices", "--case"}, simulated...)
	projectedCase  = []string{"--case"}
	cohortOfCase   = []string{"--case", "--cohort"}
	investorsMoney = append([]string{"--investor"}, heldPricedCases...)

	// Of charts whose runs have the draws of a case that is held to what was paid.
	heldCases       = append([]string{"--unconditioned"}, simulatedCases...)
	heldPricedCases = append([]string{"--unconditioned"}, pricedCases...)
	heldPricedCase  = append([]string{"--unconditioned"}, pricedCase...)
)

// charts are all the charts, in the order in which they tell a story: what
// happened, what is paid, what is gained, what it takes to finance it.
var charts = []chart{
	{"achievements", "How many weeks or outcomes does each case reach, beside the target and what was achieved? For councils and providers.", heldCases, needMetrics, (*drawing).achievements},
	{"payments", "Were quarterly payments what was planned, and what the model expects? For councils and evaluators.", heldPricedCase, nil, (*drawing).payments},
	{"cumulative-payments", "How much will be paid in all, how sure is that, and does the cap bind? For councils' finance officers and investors.", heldPricedCases, nil, (*drawing).cumulative},
	{"programmes", "How does the programme compare with the others of the Life Chances Fund? For funders and evaluators.", projectedCase, needSterling, (*drawing).programmes},
	{"occupancy", "Where do children live week by week, with the programme and without? For service managers and placement teams.", cohortOfCase, needChildren, (*drawing).occupancy},
	{"survival", "How long do planned placements last, and where would children have been without them? For evaluators and service managers.", cohortOfCase, needChildren, (*drawing).survival},
	{"waterfall", "What is left of avoided cost after payments, and how much of it is cashable? For directors of finance.", heldPricedCase, nil, (*drawing).waterfall},
	{"net-saving", "How likely is it that the public purse gains, and how much? For councils and funders.", heldPricedCases, nil, (*drawing).netSaving},
	{"saves-more-than", "How likely is it to save more than £x, all together and for each council, in all and in cash? For members and directors of finance.", heldPricedCase, nil, (*drawing).savesMoreThan},
	{"saving-curve", "How dear must a residential place be for the programme to save money, in all and for each council? For directors of finance.", simulatedCase, needPrice, (*drawing).savingCurve},
	{"deadweight-curve", "How much of the success may happen anyway before nothing is saved? For evaluators and funders.", simulatedCases, needMoves, (*drawing).deadweightCurve},
	{"tornado", "Which input matters most to what is saved? For everyone who must agree on the assumptions.", pricedCase, nil, (*drawing).tornado},
	{"capital-position", "How far do costs run ahead of receipts, when, and is the facility enough? For investors and providers.", heldPricedCases, needCash, (*drawing).capitalPosition},
	{"capital-requirement", "How much capital is needed, and how sure is that? For investors and providers.", heldPricedCases, needCash, (*drawing).capitalRequirement},
	{"shortfall-curve", "How much may delivery cost before the facility is too small? For investors and providers.", pricedCases, needFacility, (*drawing).shortfallCurve},
	{"returns", "What do investors get back, and how often less than the hurdle? For investors.", investorsMoney, needCash, (*drawing).returns},
	{"stresses", "What does each thing that may go wrong do to the facility and to investors' money? For investors and providers.", pricedCase, needCash, (*drawing).stresses},
	{"stress-grid", "How large may referrals and costs of delivery turn out, together, before the facility is too small? For investors and providers.", simulatedCase, needGrid, (*drawing).stressGrid},
	{"capital-tornado", "Which input matters most to the capital that is needed? For investors and providers.", pricedCase, needCash, (*drawing).capitalTornado},
}

// chartNamed is the chart of a name.
func chartNamed(name string) (*chart, error) {
	i := slices.IndexFunc(charts, func(one chart) bool { return one.name == name })
	if i < 0 {
		return nil, &scenario.NameError{What: "chart", Name: name, Valid: chartNames()}
	}
	return &charts[i], nil
}

func chartNames() []string { return chartNamesOf(charts) }

func chartNamesOf(charts []chart) []string {
	var names []string
	for _, one := range charts {
		names = append(names, one.name)
	}
	return names
}

// lacks returns why there is no such chart of a version.
func (c *chart) lacks(v *scenario.Version) error {
	if c.needs == nil {
		return nil
	}
	return c.needs(v)
}

func needMetrics(v *scenario.Version) error {
	if len(v.Programme.Contract.Metrics) == 0 {
		return errors.New("the file has no metric, so there are no outcomes")
	}
	return nil
}

func needChildren(v *scenario.Version) error {
	if len(v.Programme.Cohorts) == 0 {
		return errors.New("the file has no cohort, so there are no children to follow")
	}
	return nil
}

// needSterling is for a chart beside the programmes of the Life Chances Fund.
func needSterling(v *scenario.Version) error {
	if v.Programme.Currency != "" {
		return errors.New("the file is in " + words.CurrencyName(v.Programme.Currency) + ", and the programmes of the Life Chances Fund are in " + words.CurrencyName(words.Sterling))
	}
	return nil
}

func needCash(v *scenario.Version) error {
	if v.Programme.Delivery == nil {
		return finance.ErrNoDelivery
	}
	return nil
}

func needFacility(v *scenario.Version) error {
	if err := needCash(v); err != nil {
		return err
	}
	if v.Programme.Facility != nil {
		for _, investor := range v.Programme.Facility.Investors {
			if investor.Commitment.IsPositive() {
				return nil
			}
		}
	}
	return errors.New("the file has no facility with a commitment that could be too small")
}

func needGrid(v *scenario.Version) error {
	if err := needFacility(v); err != nil {
		return err
	}
	for _, name := range sidesOfGrid {
		if _, ok := driverOf(v.Document(), name); !ok {
			return errors.New("the file has no " + name + " that can be varied in every case")
		}
	}
	return nil
}

// The drivers of the curves, the first that fits, and those of the columns and rows of the
// grid.
var (
	sidesOfGrid  = []string{"referrals", sensitivity.DeliveryCost}
	pricesOfCare = []string{sensitivity.ResidentialPrice, sensitivity.ResidentialCost}
	movesWithout = []string{sensitivity.WithoutProgramme, sensitivity.IntoSuccess}
)

func needPrice(v *scenario.Version) error {
	if _, ok := driverOf(v.Document(), pricesOfCare...); !ok {
		return errors.New("the file has no cost of residential care that can be varied in every case")
	}
	return nil
}

func needMoves(v *scenario.Version) error {
	if _, ok := driverOf(v.Document(), movesWithout...); !ok {
		return errors.New("without the programme no child moves into success, or from success into dearer care, at a rate that can be varied in every case of the file")
	}
	return nil
}

// driverOf is the first driver of some names that fits the programme.
func driverOf(d *scenario.Document, names ...string) (sensitivity.Driver, bool) {
	all := sensitivity.Drivers(d)
	for _, name := range names {
		if i := slices.IndexFunc(all, func(driver sensitivity.Driver) bool { return driver.Name == name }); i >= 0 {
			return all[i], true
		}
	}
	return sensitivity.Driver{}, false
}
