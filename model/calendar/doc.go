// Package calendar holds the dates, quarters, financial years and weeks in
// which a contract is counted and paid.
//
// There are four types. All are small values: copy them, compare them with ==,
// use them as map keys.
//
//   - [Date] is a day, with no time of day and no time zone.
//   - [Quarter] is a quarter of a financial year, such as Q4 2020/21.
//   - [FinancialYear] runs from 1 April to 31 March, such as 2020/21.
//   - [Weeks] is a programme's own calendar: so many weeks from a start date.
//
// # Weeks, and the quarter they belong to
//
// A programme is counted in weeks. Week k is the seven days from the start
// date plus 7k, and the first week is week 0. Weeks do not respect the ends of
// quarters, so one rule decides where a week that straddles two of them is
// counted: a week belongs to the quarter, and to the financial year, that hold
// its last day. It is counted there whole.
//
// A programme that starts on 1 October 2020 and lasts 313 weeks therefore has
// weeks 0 to 312 and ends on 30 September 2026. Its first quarter is Q3
// 2020/21, its last is Q2 2026/27, and the week of 29 December 2022 to 4 January
// 2023 is counted in Q4 2022/23. [Weeks.Boundaries] gives the first week of every quarter,
// which is all that is needed to add weekly figures up by quarter:
//
//	b := w.Boundaries()
//	for i := range w.Quarters() {
//		for k := b[i]; k < b[i+1]; k++ {
//			total[i] += figure[k]
//		}
//	}
//
// # Two ways to name a quarter
//
// Councils number quarters from April, and so does everything that is shown or
// written: January to March 2021 is Q4 2020/21, in tables, charts, messages, CSV and
// JSON. Calendar quarters are read as well: [ParseQuarter] takes 2021Q1 for the same
// three months, because data sets and older files have it. What is read either way is
// written one way.
//
// # Text
//
// Each type has one written form, and its parser takes that form and, a calendar
// quarter apart, nothing else. No other order of day and month, no day that does not
// exist:
//
//	Date           2020-10-01   ParseDate
//	Quarter        Q3 2020/21   ParseQuarter
//	FinancialYear  2020/21      ParseFinancialYear
//
// The error for anything else says what was given, what is wrong with it and what
// form is allowed. The types marshal to the same text, so they read well as JSON
// values and as JSON object keys.
//
// # Unset values and limits
//
// The zero value of each type means "not set". IsZero reports it, it sorts
// before everything else, and it marshals to the empty text and back. The
// parsers do not take the empty text.
//
// Years run from 1 to 9999. Arithmetic that starts from an unset value, or that
// leaves those years, gives an unset value: nothing here wraps round or panics.
package calendar
