// Package e2e holds no code: its tests tell the product's stories in a real
// browser, against the whole appliance.
package e2e
