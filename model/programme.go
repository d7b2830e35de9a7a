package model

import (
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Programme is everything that a run needs: who is referred, how they move
// with and without the programme, what the contract pays and what care costs.
// It is plain data: build one in Go, or read one with package scenario.
type Programme struct {
	Name  string `json:"name"` // short, as used on the command line
	Title string `json:"title,omitempty"`
	About string `json:"about,omitempty"`

	// Currency is the code of the currency of every amount, AUD for Australian
	// dollars; empty for pounds sterling. Amounts of two currencies are never added:
	// see [Programme.SameCurrency].
	Currency string `json:"currency,omitempty"`

	Start        calendar.Date `json:"start"`         // first day of week 0
	Weeks        int           `json:"weeks"`         // horizon: weeks 0 to Weeks - 1 are counted
	PriceBase    string        `json:"price_base"`    // what a pound means here, for example "constant 2022/23 prices"
	DiscountRate Rate          `json:"discount_rate"` // of present values

	// PriceYear is the financial year that the price base names; zero if it names
	// none. An amount that changes from year to year is as stated in it.
	PriceYear calendar.FinancialYear `json:"price_year,omitzero"`
	// Inflation is general inflation a year, as a share; 0 means that the
	// programme states none, and then everything is in constant prices. With it
	// every figure exists in cash prices too: see [contract.PriceIndex]. It needs
	// PriceYear.
	Inflation float64 `json:"inflation,omitempty"`

	Commissioners []Commissioner `json:"commissioners"`
	States        []State        `json:"states"`
	// Background is the programme's common table of moves by state: what
	// happens to a child whom the programme is not holding in a planned
	// state. A state without a row is never left, birthdays apart.
	Background map[string]markov.Row `json:"background,omitempty"`
	Ages       Ages                  `json:"ages,omitzero"`
	Cohorts    []Cohort              `json:"cohorts"`

	Contract contract.Terms `json:"contract"`
	// UnitCosts are what a week in each state costs. Every state without a
	// parent needs one, LeftCare apart; a planned state with none costs as
	// its parent.
	UnitCosts []contract.UnitCost `json:"unit_costs"`

	// Capacity limits how many children can start.
	Capacity Capacity `json:"capacity,omitzero"`
	// Delivery is what the programme costs to run, and Facility the capital
	// that pays for it; nil where the programme says nothing of them.
	Delivery *Delivery `json:"delivery,omitempty"`
	Facility *Facility `json:"facility,omitempty"`
	// Affordability is the most that a commissioner can pay in a financial
	// year, where it has said so.
	Affordability []Affordable `json:"affordability,omitempty"`

	MinimumReferrals MinimumReferrals `json:"minimum_referrals,omitzero"`
	SavingsTargets   []SavingsTarget  `json:"savings_targets,omitempty"`
	Published        PublishedFigures `json:"published,omitzero"`
	// Recorded are outcomes that are recorded and reported but never paid.
	Recorded []RecordedOutcome `json:"measures,omitempty"`

	// Cautions are sentences that every report of the programme must carry.
	Cautions []string `json:"cautions,omitempty"`
	// NotInRanges says, in a sentence or two, what is not known and is in no range
	// either, the largest first. A first page has it above the figures.
	NotInRanges string `json:"not_in_ranges,omitempty"`
	// Sources are the documents that inputs refer to, by short name.
	Sources []Source `json:"sources,omitempty"`
	// Uncertain are the inputs that are not known exactly, and Correlations how far
	// they go together.
	Uncertain    []Uncertain       `json:"uncertain,omitempty"`
	Correlations []RankCorrelation `json:"correlations,omitempty"`
	// MadeCertain are inputs that an edit has made certain and that others of
	// Uncertain go together with.
	MadeCertain []MadeCertain `json:"made_certain,omitempty"`
	// Conditioned says which of Uncertain are held to what was paid; nil for none.
	Conditioned *Conditioned `json:"conditioned,omitempty"`
	// Register says of every input where it came from.
	Register []Input `json:"register,omitempty"`
}

// Commissioner is a council that refers children and pays.
type Commissioner struct {
	Name string `json:"name"`
	// ReferralShare is the probability that a referred child is this
	// commissioner's; the shares of a programme sum to 1.
	ReferralShare float64 `json:"referral_share"`
}
