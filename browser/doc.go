// Package browser holds the tests of the page that the command writes, opened
// in a real browser. It is a module of its own, so that the library does not
// depend on what drives the browser.
//
// The tests need Chromium, and for the check of accessibility axe-core
// (npm ci in this folder); they skip themselves where there is none. With
// EDGEOFCARE_SCREENSHOTS=FOLDER they leave pictures of the page to look at.
package browser
